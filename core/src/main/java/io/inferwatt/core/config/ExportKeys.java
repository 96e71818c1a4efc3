package io.inferwatt.core.config;

import io.inferwatt.core.config.InferwattConfig.Temporality;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The part of the table of settings that tells where figures are pushed to. */
final class ExportKeys {

    private static final String PUSHGATEWAY = "export.pushgateway.";
    private static final String REMOTE_WRITE = "export.remote_write.";
    private static final String OTLP = "export.otlp.";

    private static final int MOST_PAIRS = 20;

    static final SettingKey<Boolean> APPLICATION = new SettingKey<>(
            "export.application.enabled",
            "false",
            "`true` or `false`",
            "Whether the meters are in the application's own global registry of Micrometer as well. See"
                    + " [metrics.md](metrics.md#in-the-applications-own-registry).",
            Parsers::flag);

    static final SettingKey<Optional<String>> PUSHGATEWAY_URL =
            url(PUSHGATEWAY, "Base address of a Pushgateway. Unset: nothing is pushed there. See [push.md](push.md).");
    static final SettingKey<Duration> PUSHGATEWAY_INTERVAL = interval(PUSHGATEWAY, "60s");
    static final SettingKey<Optional<String>> PUSHGATEWAY_JOB = new SettingKey<>(
            PUSHGATEWAY + "job",
            "",
            "text of at most 100 characters",
            "Label `job` of what is pushed. Unset: `service.name`, else `inferwatt`.",
            Parsers.optional("", Parsers.text(100)));
    static final SettingKey<Optional<Map<String, String>>> PUSHGATEWAY_GROUPING = new SettingKey<>(
            PUSHGATEWAY + "grouping",
            "auto",
            "`auto`, `none`, or one `label=value`",
            "What tells JVMs of one job apart there. `auto`: `instance` with host name and process number; `none`: the job alone.",
            Parsers.optional("auto", ExportKeys::grouping));
    static final SettingKey<Boolean> PUSHGATEWAY_DELETE = new SettingKey<>(
            PUSHGATEWAY + "delete_on_exit",
            "false",
            "`true` or `false`",
            "Whether what was pushed is deleted when the JVM ends. A batch job leaves its totals there.",
            Parsers::flag);
    static final SettingKey<Optional<Path>> PUSHGATEWAY_AUTH = authFile(PUSHGATEWAY);

    static final SettingKey<Optional<String>> REMOTE_WRITE_URL = url(
            REMOTE_WRITE,
            "Address that takes Prometheus remote write 1.0, such as `http://prometheus:9090/api/v1/write`. Unset: nothing is written.");
    static final SettingKey<Duration> REMOTE_WRITE_INTERVAL = interval(REMOTE_WRITE, "15s");
    static final SettingKey<Map<String, String>> REMOTE_WRITE_LABELS = new SettingKey<>(
            REMOTE_WRITE + "labels",
            "",
            "at most 20 entries such as `cluster=eu;stage=prod` separated by `;`",
            "Labels of all series. `job` and `instance` are always there: `service.name` else `inferwatt`, and host name and process number.",
            Parsers.pairs(MOST_PAIRS, true));
    static final SettingKey<Optional<Path>> REMOTE_WRITE_AUTH = authFile(REMOTE_WRITE);

    static final SettingKey<Optional<String>> OTLP_URL = url(
            OTLP,
            "Address that takes OTLP over HTTP as protobuf, such as `http://collector:4318/v1/metrics`. Unset: nothing is sent.");
    static final SettingKey<Duration> OTLP_INTERVAL = interval(OTLP, "60s");
    static final SettingKey<Temporality> OTLP_TEMPORALITY = new SettingKey<>(
            OTLP + "temporality",
            "cumulative",
            "`cumulative` or `delta`",
            "Whether counters tell all since the start or what came since the last time.",
            Parsers.choice(Temporality.values(), each -> each.name().toLowerCase(Locale.ROOT)));
    static final SettingKey<Map<String, String>> OTLP_ATTRIBUTES = new SettingKey<>(
            OTLP + "attributes",
            "",
            "at most 20 entries such as `deployment.environment.name=prod` separated by `;`",
            "Resource attributes. `service.name`, `service.instance.id` and `host.name` are always there.",
            Parsers.pairs(MOST_PAIRS, false));
    static final SettingKey<Optional<Path>> OTLP_AUTH = authFile(OTLP);

    private ExportKeys() {}

    private static SettingKey<Optional<String>> url(String way, String description) {
        return new SettingKey<>(
                way + "url", "", "a URL with `http` or `https`", description, Parsers.optional("", Parsers.text(1000)));
    }

    private static SettingKey<Duration> interval(String way, String normal) {
        return new SettingKey<>(
                way + "interval",
                normal,
                "a duration from 1s to 24h such as `30s`",
                "How often.",
                Parsers.duration(Duration.ofSeconds(1), Duration.ofHours(24)));
    }

    private static SettingKey<Optional<Path>> authFile(String way) {
        return new SettingKey<>(
                way + "auth_file",
                "",
                "a path",
                "File with `user:password`, or with a bearer token. Read at each attempt, so it may change.",
                Parsers.optional("", Parsers::path));
    }

    private static @Nullable Map<String, String> grouping(String text) {
        if (text.equalsIgnoreCase("none")) {
            return Map.of();
        }
        Map<String, String> pairs = Parsers.pairs(1, true).parse(text);
        return pairs == null || pairs.containsKey("job") ? null : pairs;
    }
}
