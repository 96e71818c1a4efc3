package io.inferwatt.agent.command;

import io.inferwatt.agent.start.AgentVersion;
import io.inferwatt.core.config.ConfigLoader;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.input.OneLine;
import io.inferwatt.core.report.disclosure.Disclosure;
import io.inferwatt.exporters.report.CsvReport;
import io.inferwatt.exporters.report.DisclosureJson;
import io.inferwatt.exporters.report.HtmlReport;
import io.inferwatt.exporters.report.PrometheusReader;
import io.inferwatt.exporters.report.RecordsReader;
import io.inferwatt.exporters.report.RunningJvm;
import io.inferwatt.exporters.report.TextReport;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Prints the disclosure of a running JVM, of kept records or of a Prometheus server. The exit code is 0, or {@value #NO_REPORT} with
 * one line that says why there is none.
 */
final class Report implements Command {

    static final int NO_REPORT = 1;

    private static final String PROMETHEUS = "prometheus:";

    private final PrintStream out;
    private final PrintStream err;
    private final Charset terminal;
    private final Map<String, String> properties;
    private final Map<String, String> environment;

    Report(
            PrintStream out,
            PrintStream err,
            Charset terminal,
            Map<String, String> properties,
            Map<String, String> environment) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.properties = properties;
        this.environment = environment;
    }

    @Override
    public int run(List<String> words) throws MisunderstoodException {
        Instant now = Instant.now();
        ReportOptions options = ReportOptions.of(words, now);
        try {
            show(read(options, now), options);
            return 0;
        } catch (IOException e) {
            err.println("inferwatt: report: " + OneLine.of(String.valueOf(e.getMessage()), CommandLine.LONGEST_LINE));
            return NO_REPORT;
        }
    }

    private Disclosure read(ReportOptions options, Instant now) throws IOException, MisunderstoodException {
        InferwattConfig config =
                ConfigLoader.load(null, properties, environment).config();
        String from = options.from();
        refuseSecrets(from);
        if (from.startsWith(PROMETHEUS)) {
            Instant end = options.until() == null ? now : options.until();
            Instant begin = options.since() == null ? end.minusSeconds(86_400) : options.since();
            return new PrometheusReader(
                            address(from.substring(PROMETHEUS.length())), options.selector(), AgentVersion.current())
                    .read(begin, end);
        }
        if (!options.selector().isEmpty()) {
            throw new MisunderstoodException("report: --selector needs --from prometheus:URL");
        }
        if (from.isEmpty() || from.startsWith("http://") || from.startsWith("https://")) {
            if (options.since() != null || options.until() != null) {
                throw new MisunderstoodException("report: a running JVM knows only the time since its start;"
                        + " --since and --until need --from PATH or prometheus:URL");
            }
            return RunningJvm.read(address(from.isEmpty() ? own(config.http()) : from));
        }
        return new RecordsReader(AgentVersion.current(), options.since(), options.until(), now).read(path(from));
    }

    /** A name and a password in an address would stand in the report and its messages, so these say nothing of it. */
    private static void refuseSecrets(String from) throws MisunderstoodException {
        int address = from.startsWith(PROMETHEUS) ? PROMETHEUS.length() : from.indexOf("://");
        if (address >= 0 && from.indexOf('@', address) >= 0) {
            throw new MisunderstoodException("report: --from holds an '@', as before it a user name and a password do;"
                    + " allowed: an address without them, such as http://127.0.0.1:9465");
        }
    }

    /** Where the endpoint of these settings can be reached from this machine. */
    private static String own(InferwattConfig.Http http) {
        String scheme = http.certificate().isPresent() ? "https://" : "http://";
        return scheme + host(http.host()) + ":" + http.port();
    }

    private static String host(String host) {
        return switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::", "[::]" -> "[::1]";
            default -> host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        };
    }

    private static URI address(String text) throws MisunderstoodException {
        try {
            URI address = URI.create(text);
            if (address.getHost() != null && List.of("http", "https").contains(String.valueOf(address.getScheme()))) {
                return address;
            }
        } catch (IllegalArgumentException noAddress) {
            // told below
        }
        throw new MisunderstoodException(
                "report: --from '" + text + "' is no address; allowed: such as http://127.0.0.1:9465");
    }

    private static Path path(String text) throws MisunderstoodException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new MisunderstoodException("report: --from '" + text + "' is no path: " + e.getReason());
        }
    }

    private void show(Disclosure disclosure, ReportOptions options) throws IOException, MisunderstoodException {
        String text = switch (options.format()) {
            case TEXT -> TextReport.write(disclosure);
            case HTML -> HtmlReport.write(disclosure);
            case CSV -> CsvReport.write(disclosure);
            case JSON -> DisclosureJson.write(disclosure);
        };
        if (!options.out().isEmpty()) {
            Path file = path(options.out());
            try {
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new IOException("cannot write " + file + " (" + e + ")", e);
            }
        } else if (options.format() == ReportOptions.Format.TEXT) {
            out.print(forTerminal(text));
        } else {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.write(bytes, 0, bytes.length);
        }
    }

    private String forTerminal(String text) {
        String lines = text.replace("\n", System.lineSeparator());
        return terminal.canEncode() && terminal.newEncoder().canEncode("±µ")
                ? lines
                : lines.replace("±", "+-").replace("µ", "u");
    }
}
