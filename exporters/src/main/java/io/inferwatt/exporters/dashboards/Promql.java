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
        return sum(by, machines());
    }

    private static String machines() {
        return "(max by (host, component) (" + onHosts(sources(",component!~\"remote|gpu\"")) + ")"
                + " or label_replace(sum by (host) (max by (host, device) ("
                + rate("inferwatt_device_energy_joules_total", J) + " * ignoring (host, device) group_left (host) "
                + hosts("component, ") + ")), \"component\", \"gpu\", \"\", \"\"))";
    }

    /**
     * Returns watts that all JVMs of a host see alike, such as idle: the part of the host's watts that its JVMs together call so, each of
     * what it reads itself. That holds for JVMs that read the same machine, and for JVMs with a GPU each.
     */
    static String unattributedOfHosts(String reason) {
        String these = "sum without (reason) ("
                + rate("inferwatt_unattributed_energy_joules_total", J + ",reason=\"" + reason + "\"") + ")";
        return sum(
                "",
                machines() + " * sum by (host, component) (" + onHosts(these) + ") / (sum by (host, component) ("
                        + onHosts(sources(HERE)) + ") > 0)");
    }

    private static String sources(String where) {
        return "sum without (quality) (" + rate("inferwatt_source_energy_joules_total", J + where) + ")";
    }

    /** Returns watts of JVMs with the host that they run on. */
    private static String onHosts(String perInstance) {
        return perInstance + " * ignoring (host) group_left (host) " + hosts("");
    }

    // A target label node, where there is one, stands for the host, since containers have names of their own. Where
    // stores of several
    // clusters or replicas are looked at as one, labels that tell them apart stay; a target that names two hosts counts
    // for one of them.
    private static String hosts(String alsoWithout) {
        return "topk without (host) (1, max without (" + alsoWithout + "source, quality, method) ("
                + "label_replace(inferwatt_measurement_info{" + J + HERE
                + "}, \"host\", \"$1\", \"node\", \"(.+)\")))";
    }

    /** Returns a sum, and 0 where there is no series, for what is subtracted or is nothing while nobody calls. */
    static String orNothing(String sum) {
        return "(" + sum + " or vector(0))";
    }

    /** Returns figures without those that are not known yet, which would make each sum unknown. */
    static String known(String gauge) {
        return "(" + gauge + " == " + gauge + ")";
    }

    /**
     * Returns budget gauges of the JVMs that count: of what lies on a Pushgateway only the latest push of a job, since with a state file it
     * holds what the runs before consumed.
     *
     * @param labels that the gauge has besides those of its target
     */
    static String latestPush(String gauge, String labels) {
        String pushes = "push_time_seconds{" + J + "}";
        return "(" + gauge + " unless ignoring (" + labels + ") (" + pushes + " < on (job) group_left () max by (job) ("
                + pushes + ")))";
    }

    /** Returns a number for each of many series, the ten largest of them now. */
    static String top(String vector) {
        return "topk(10, " + vector + ")";
    }

    /**
     * Returns the same ten lines at all times: those that are largest over all that is shown.
     *
     * @param vector of rates over the panel's own window
     */
    static String topOfRange(String vector) {
        return same(vector, vector);
    }

    /**
     * Returns lines of those ten models, or what else they are labelled by, that are largest by another figure over all that is shown.
     *
     * @param by rates over the panel's own window, with the same labels
     */
    static String same(String vector, String by) {
        return vector + " and " + top(by.replace(WINDOW, "[$__range] @ end()"));
    }

    /**
     * Returns the ten lines of gauges, or of recorded rates, whose mean over all that is shown is largest.
     *
     * @param vector of few series, since it is asked twice
     */
    static String topOfMeans(String vector) {
        return vector + " and " + top("avg_over_time(" + vector + "[$__range:$__interval] @ end())");
    }
}
