package io.inferwatt.agent.command;

import io.inferwatt.agent.start.AgentVersion;
import io.inferwatt.agent.start.HostSettings;
import io.inferwatt.core.input.OneLine;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Runs one command and returns the exit code of the JVM: the command's own, or {@value #USAGE_ERROR} when it is not
 * understood. A reader that goes away early ({@code | head}) is no error.
 */
public final class CommandLine implements ToIntFunction<String[]> {

    static final int USAGE_ERROR = 2;

    private final PrintStream out;
    private final PrintStream err;
    private final Doctor doctor;
    private final Report report;
    private final Password password;
    private final WriteDashboards dashboards;
    private final WriteRules rules;

    /** Called by name from the class with the main method. */
    public CommandLine() {
        this(System.in, System.out, System.err, terminal(), HostSettings.systemProperties(), System.getenv());
    }

    CommandLine(
            InputStream in,
            PrintStream out,
            PrintStream err,
            Charset terminal,
            Map<String, String> properties,
            Map<String, String> environment) {
        this.out = out;
        this.err = err;
        doctor = new Doctor(out, terminal, properties, environment);
        report = new Report(out, err, terminal, properties, environment);
        password = new Password(in, out, err);
        dashboards = new WriteDashboards(out, err);
        rules = new WriteRules(out, err);
    }

    @Override
    public int applyAsInt(String[] arguments) {
        String name = arguments.length == 0 ? "help" : arguments[0];
        List<String> options =
                arguments.length == 0 ? List.of() : List.of(arguments).subList(1, arguments.length);
        try {
            return command(options.contains("--help") || options.contains("-h") ? "help" : name)
                    .run(options);
        } catch (MisunderstoodException e) {
            err.println("inferwatt: " + OneLine.of(String.valueOf(e.getMessage()), LONGEST_LINE));
            err.println(usage());
            return USAGE_ERROR;
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** What was not understood is repeated, and may be anything. */
    static final int LONGEST_LINE = 2000;

    private Command command(String name) throws MisunderstoodException {
        return switch (name) {
            case "doctor" -> doctor;
            case "report" -> report;
            case "password" -> password;
            case "dashboards" -> dashboards;
            case "rules" -> rules;
            case "version", "--version" -> options -> print(name, options, "inferwatt " + AgentVersion.current());
            case "help", "--help", "-h" -> options -> print("help", List.of(), usage());
            default -> throw new MisunderstoodException("unknown command: " + name);
        };
    }

    private int print(String command, List<String> options, String text) throws MisunderstoodException {
        if (!options.isEmpty()) {
            throw new MisunderstoodException(command + ": takes no options: " + String.join(" ", options));
        }
        out.println(text);
        return 0;
    }

    /** The encoding of standard output, as the JDK chooses it: by these properties, the first of them from 18 on. */
    private static Charset terminal() {
        for (String property : List.of("stdout.encoding", "sun.stdout.encoding")) {
            String name = System.getProperty(property);
            if (name != null && Charset.isSupported(name)) {
                return Charset.forName(name);
            }
        }
        return Charset.defaultCharset();
    }

    private static String usage() {
        return String.join(
                System.lineSeparator(),
                "Usage: java -javaagent:inferwatt-agent.jar[=key=value,...] ...   meter the model calls of an application",
                "       java [-Dinferwatt.key=value ...] -jar inferwatt-agent.jar <command>",
                "",
                "Commands:",
                "  doctor [--json] [--seconds N]   what can be measured on this machine, what is missing, how to get it;",
                "                                  looks at the meters for N seconds (0.5 to 60, default 2);",
                "                                  exit code 1 if there is nothing to look at",
                "  report [--from URL|PATH|prometheus:URL] [--since TIME] [--until TIME] [--selector LABELS]",
                "         [--format text|html|csv|json] [--out FILE]",
                "                                  what the models drew and emitted, from a running JVM (the default,",
                "                                  http://127.0.0.1:9465), a file or folder of records, or a Prometheus server;",
                "                                  TIME: 2026-11-30T10:00:00Z, 2026-11-30, or how long ago: 90m, 24h, 30d;",
                "                                  exit code 1 if there is nothing to report",
                "  password USER                   reads a password from standard input and prints the line for it in the file",
                "                                  that http.auth.basic_file names",
                "  dashboards DIR                  writes the Grafana dashboards into a folder, with a provisioning file and a",
                "                                  ConfigMap; files of an earlier version are replaced",
                "  rules DIR [--request-joules N]  writes the Prometheus rules and alerts, the same as a PrometheusRule, and an",
                "                                  example for Alertmanager; N: joules that 99 % of the requests stay below",
                "  version                         the version of this jar",
                "  help                            this text");
    }
}
