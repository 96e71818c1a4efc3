package io.inferwatt.exporters.dashboards;

/** Puts expressions together that several panels share. {@code M} is what is chosen with models, {@code J} without. */
final class Promql {

    /** The chosen JVMs. */
    static final String J = "job=~\"$job\",instance=~\"$instance\"";

    /** The chosen models of the chosen JVMs. */
    static final String M = J + ",model=~\"$model\"";

    static final String HERE = ",component!=\"remote\"";
    static final String ELSEWHERE = ",component=\"remote\"";

    /** Seconds over which panels take rates where nothing else is said. */
    private static final String WINDOW = "[$__rate_interval]";

    private Promql() {}

    /** Returns an expression on one line. */
    static String line(String expression) {
        return String.join(" ", expression.strip().lines().map(String::strip).toList());
    }

    static String rate(String counter, String matchers) {
        return "rate(" + counter + "{" + matchers + "}" + WINDOW + ")";
    }

    /** @param by labels that are kept, empty for one sum */
    static String sum(String by, String vector) {
        return by.isEmpty() ? "sum(" + vector + ")" : "sum by (" + by + ") (" + vector + ")";
    }

    static String sumRate(String by, String counter, String matchers) {
        return sum(by, rate(counter, matchers));
    }

    /** Returns watts of the chosen models' calls: dynamic and, on top, their share of idle. */
    static String wattsWithIdle(String by, String where) {
        return sumRate(by, "inferwatt_energy_joules_total", M + where) + " + "
                + sumRate(by, "inferwatt_idle_share_joules_total", M + where);
    }

    /** Returns the rate of requests whose joules are known, and nothing where there are none. */
    static String knownRequests(String by) {
        String requests = sumRate(by, "inferwatt_requests_total", M);
        return "((" + requests + " - (" + sumRate(by, "inferwatt_unestimated_requests_total", M) + " or 0 * " + requests
                + ")) > 0)";
    }

    /** Returns the rate of tokens of requests whose joules are known. */
    static String knownTokens(String by, String type) {
        String tokens = sumRate(by, "inferwatt_tokens_total", M + type);
        return "((" + tokens + " - (" + sumRate(by, "inferwatt_unestimated_tokens_total", M + type) + " or 0 * "
                + tokens + ")) > 0)";
    }

    /** Returns joules a request, with idle, here and elsewhere. */
    static String joulesPerRequest(String by) {
        return "(" + wattsWithIdle(by, "") + ") / " + knownRequests(by);
    }

    /**
     * Returns one end of the 95 % band of watts with idle. Here the error of the sources and that of the division among models are
     * independent; where the latter is not known the band is that of the sources alone. Elsewhere both ends are counted already.
     *
     * @param low or the high end
     */
    static String wattsEnd(boolean low) {
        // A JVM that only asks others may have no meter of its own, and their band is known all the same.
        String here = "(" + wattsWithIdle("model", HERE) + " or 0 * "
                + sumRate("model", "inferwatt_energy_joules_total", M) + ")";
        String sources = sum(
                "model",
                "(" + wattsWithIdle("model, component", HERE)
                        + ") * on (component) group_left () max by (component) (inferwatt_measurement_uncertainty_ratio{"
                        + J + HERE + "})");
        String division =
                here + " * (max by (model) (inferwatt_model_uncertainty_ratio{" + M + "}) or 0 * " + here + ")";
        String half = "1.96 * sqrt((" + division + ") ^ 2 + (" + sources + " or 0 * " + here + ") ^ 2)";
        String ends = sumRate(
                "model", "inferwatt_remote_bound_joules_total", M + ",bound=\"" + (low ? "low" : "high") + "\"");
        String local = low ? "clamp_min(" + here + " - " + half + ", 0)" : "(" + here + " + " + half + ")";
        return "(" + local + " + (" + ends + " or 0 * " + here + "))";
    }

    /**
     * Returns watts of whole machines. Several JVMs on one host read the same machine, so of each host the largest reading counts, and
     * of GPUs that of each device: JVMs of one host may see different ones.
     *
     * @param by labels of host and component that are kept, empty for one sum
     */
    static String machineWatts(String by) {
        return sum(
                by,
                largestOfHost(sumRate(
                                "job, instance, component",
                                "inferwatt_source_energy_joules_total",
                                J + ",component!~\"remote|gpu\""))
                        + " or label_replace(sum by (host) (max by (host, device) ("
                        + sumRate("job, instance, device", "inferwatt_device_energy_joules_total", J)
                        + " * on (job, instance) group_left (host) max by (job, instance, host) ("
                        + hosts() + "))), \"component\", \"gpu\", \"\", \"\")");
    }

    /** Returns watts that all JVMs of a host see alike, such as idle: of each host the largest figure counts. */
    static String unattributedOfHosts(String reason) {
        return sum(
                "",
                largestOfHost(sumRate(
                        "job, instance, component",
                        "inferwatt_unattributed_energy_joules_total",
                        J + ",reason=\"" + reason + "\"")));
    }

    private static String largestOfHost(String perInstance) {
        return "max by (host, component) (" + perInstance
                + " * on (job, instance, component) group_left (host) max by (job, instance, component, host) ("
                + hosts()
                + "))";
    }

    // A target label node, where there is one, stands for the host, since containers have names of their own.
    private static String hosts() {
        return "label_replace(inferwatt_measurement_info{" + J + HERE + "}, \"host\", \"$1\", \"node\", \"(.+)\")";
    }

    /** Returns a number for each of many series, the ten largest of them. */
    static String top(String vector) {
        return "topk(10, " + vector + ")";
    }
}
