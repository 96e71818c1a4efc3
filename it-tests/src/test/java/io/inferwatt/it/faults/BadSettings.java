package io.inferwatt.it.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Random;

/** Settings of every kind with values that mean nothing, in a file. */
final class BadSettings {

    private static final List<String> KEYS = List.of(
            "service.name",
            "log.level",
            "http.names",
            "energy.sources",
            "energy.model.tdp",
            "energy.model.idle",
            "energy.ceiling",
            "sample.interval",
            "sample.native_clocks",
            "attribution.method",
            "carbon.zone",
            "carbon.intensity",
            "carbon.region",
            "carbon.refresh",
            "facility.pue",
            "facility.wue",
            "embodied.share",
            "training.models",
            "tenant.labels",
            "tenant.salt_file",
            "budget.broken.limit",
            "budget.broken.window",
            "budget.Broken.limit",
            "export.records.max_size",
            "export.pushgateway.grouping",
            "export.remote_write.labels",
            "export.otlp.temporality",
            "export.otlp.auth_file",
            "call.max_duration",
            "metrics.models.max",
            "remote.method",
            "remote.aliases",
            "remote.hosts",
            "remote.models",
            "instrumentation.onnxruntim.enabled",
            "no.such.key");

    private static final List<String> VALUES = List.of(
            "",
            " ",
            "-1",
            "NaN",
            "1e999",
            "0x",
            "true;false",
            "=",
            ";;;",
            "a=b=c",
            "\u0000\u0007",
            "ÄÖÜ€\uD83D",
            "9".repeat(400),
            "x".repeat(5000),
            "../../../../etc/passwd",
            "%s%n",
            "10 parsecs");

    private BadSettings() {}

    /**
     * Writes each kind of setting into a file. Not on the command line, since ONNX Runtime itself ends a JVM that has a very long one.
     *
     * @return how many there are
     */
    static int write(Path file, Random random) throws IOException {
        Properties settings = new Properties();
        for (String key : KEYS) {
            settings.setProperty("inferwatt." + key, VALUES.get(random.nextInt(VALUES.size())));
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            settings.store(out, null);
        }
        return settings.size();
    }
}
