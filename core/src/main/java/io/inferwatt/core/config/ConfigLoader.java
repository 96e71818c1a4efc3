package io.inferwatt.core.config;

import io.inferwatt.core.config.InferwattConfig.Budgets;
import io.inferwatt.core.config.InferwattConfig.Carbon;
import io.inferwatt.core.config.InferwattConfig.Embodied;
import io.inferwatt.core.config.InferwattConfig.Energy;
import io.inferwatt.core.config.InferwattConfig.Exports;
import io.inferwatt.core.config.InferwattConfig.Facility;
import io.inferwatt.core.config.InferwattConfig.Http;
import io.inferwatt.core.config.InferwattConfig.Log;
import io.inferwatt.core.config.InferwattConfig.Otlp;
import io.inferwatt.core.config.InferwattConfig.Pushgateway;
import io.inferwatt.core.config.InferwattConfig.Records;
import io.inferwatt.core.config.InferwattConfig.Remote;
import io.inferwatt.core.config.InferwattConfig.RemoteWrite;
import io.inferwatt.core.config.InferwattConfig.Sampling;
import io.inferwatt.core.config.InferwattConfig.Tenants;
import io.inferwatt.core.energy.SourceContext.ModelConstants;
import io.inferwatt.core.input.FewLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings once, at start: agent arguments before system properties {@code inferwatt.*}, environment
 * {@code INFERWATT_*}, the file {@code config.file}, and the defaults.
 */
public final class ConfigLoader {

    /** A person reads no more of a file that is none of settings, and as many are still a few pages of a log. */
    static final int MOST_PROBLEMS = 40;

    /**
     * What was read.
     *
     * @param problems one line for each setting that was not understood; empty if all is well
     * @param settings the value in force of every known key, in the order of the documentation
     */
    public record Loaded(InferwattConfig config, List<String> problems, List<Setting> settings) {

        public Loaded {
            problems = List.copyOf(problems);
            settings = List.copyOf(settings);
        }
    }

    /**
     * The value in force of one key.
     *
     * @param key without the prefix {@code inferwatt.}
     * @param value as text, empty if unset
     * @param origin where it was written, for people, or {@link #DEFAULT}
     */
    public record Setting(String key, String value, String origin) {

        public static final String DEFAULT = "default";
    }

    private ConfigLoader() {}

    /**
     * Reads all layers. Never throws; whatever is not understood becomes a problem, and the default is used.
     *
     * @param agentArguments the part after {@code =} of {@code -javaagent}, null if there is none
     */
    public static Loaded load(
            @Nullable String agentArguments, Map<String, String> systemProperties, Map<String, String> environment) {
        List<String> lines = new ArrayList<>();
        FewLines problems = problems(lines);
        Settings settings = new Settings(problems);
        settings.addLayer(AgentArguments.read(agentArguments, problems));
        settings.addLayer(Surroundings.properties(systemProperties));
        settings.addLayer(Surroundings.variables(environment));
        Optional<Path> file = settings.value(SettingKeys.CONFIG_FILE);
        if (file.isPresent()) {
            settings.addLayer(ConfigFile.read(file.get(), settings.origin(SettingKeys.CONFIG_FILE), problems));
        }
        InferwattConfig config = assemble(settings, problems);
        problems.end();
        return new Loaded(config, lines, settings.inForce());
    }

    /**
     * Returns what a settings file says of one key, for those few that are needed before all settings are read; null if it
     * says nothing or cannot be read, which {@link #load} reports.
     */
    public static @Nullable String valueInFile(String file, String key) {
        Path path = Parsers.path(file.strip());
        if (path == null) {
            return null;
        }
        for (Assignment assignment : ConfigFile.read(path, "", problems(new ArrayList<>()))) {
            if (assignment.key().equals(key)) {
                return assignment.text();
            }
        }
        return null;
    }

    private static FewLines problems(List<String> lines) {
        return new FewLines(
                MOST_PROBLEMS,
                lines,
                "",
                " further settings are not understood and not told here one by one; allowed: the keys that"
                        + " docs/configuration.md lists; the others are ignored, or their defaults used");
    }

    private static InferwattConfig assemble(Settings settings, FewLines problems) {
        return new InferwattConfig(
                settings.value(SettingKeys.ENABLED),
                settings.value(SettingKeys.SERVICE_NAME),
                new Log(settings.value(SettingKeys.LOG_LEVEL), settings.value(SettingKeys.LOG_FILE)),
                http(settings),
                new Energy(
                        settings.value(SettingKeys.ENERGY_SOURCES),
                        settings.value(SettingKeys.SYSFS_ROOT),
                        settings.value(SettingKeys.PROCFS_ROOT),
                        settings.value(SettingKeys.POWERCAP_ROOT),
                        settings.value(SettingKeys.NVML_LIBRARY),
                        model(settings, problems),
                        settings.value(SettingKeys.CEILING)),
                new Sampling(
                        settings.value(SettingKeys.SAMPLE_INTERVAL),
                        settings.value(SettingKeys.NATIVE_CLOCKS),
                        settings.value(SettingKeys.CPU_MAX)),
                settings.value(SettingKeys.ATTRIBUTION),
                carbon(settings),
                new Facility(
                        settings.value(SettingKeys.PUE),
                        settings.value(SettingKeys.WUE),
                        settings.value(SettingKeys.EWIF)),
                new Embodied(
                        settings.value(SettingKeys.SERVER_KILOGRAMS),
                        settings.value(SettingKeys.SERVER_YEARS),
                        settings.value(SettingKeys.SERVER_SHARE),
                        settings.value(SettingKeys.GPU_KILOGRAMS),
                        settings.value(SettingKeys.GPU_YEARS)),
                settings.value(SettingKeys.TRAINING),
                tenants(settings),
                new Budgets(
                        settings.budgets(),
                        settings.value(SettingKeys.BUDGET_STATE_FILE),
                        settings.value(SettingKeys.BUDGET_WEBHOOK)),
                new Records(
                        settings.value(SettingKeys.RECORDS_FILE),
                        settings.value(SettingKeys.RECORDS_MAX_SIZE),
                        settings.value(SettingKeys.RECORDS_MAX_FILES)),
                exports(settings),
                settings.value(SettingKeys.MAX_CALL_DURATION),
                settings.value(SettingKeys.MAX_MODELS),
                remote(settings),
                settings.value(SettingKeys.METHODS),
                settings.instrumentations());
    }

    private static Http http(Settings settings) {
        return new Http(
                settings.value(SettingKeys.HTTP_ENABLED),
                settings.value(SettingKeys.HTTP_HOST),
                settings.value(SettingKeys.HTTP_PORT),
                settings.value(SettingKeys.HTTP_NAMES),
                settings.value(SettingKeys.HTTP_CERTIFICATE),
                settings.value(SettingKeys.HTTP_KEY),
                settings.value(SettingKeys.HTTP_BASIC_FILE),
                settings.value(SettingKeys.HTTP_TOKEN_FILE));
    }

    private static Carbon carbon(Settings settings) {
        return new Carbon(
                settings.value(SettingKeys.CARBON_ZONE),
                settings.value(SettingKeys.CARBON_INTENSITY),
                settings.value(SettingKeys.CARBON_REGION),
                settings.value(SettingKeys.CARBON_SOURCE),
                settings.value(SettingKeys.CARBON_URL),
                settings.value(SettingKeys.CARBON_KEY_FILE),
                settings.value(SettingKeys.CARBON_REFRESH),
                settings.value(SettingKeys.MARKET_INTENSITY));
    }

    private static Exports exports(Settings settings) {
        return new Exports(
                settings.value(ExportKeys.APPLICATION),
                new Pushgateway(
                        settings.value(ExportKeys.PUSHGATEWAY_URL),
                        settings.value(ExportKeys.PUSHGATEWAY_INTERVAL),
                        settings.value(ExportKeys.PUSHGATEWAY_JOB),
                        settings.value(ExportKeys.PUSHGATEWAY_GROUPING),
                        settings.value(ExportKeys.PUSHGATEWAY_DELETE),
                        settings.value(ExportKeys.PUSHGATEWAY_AUTH)),
                new RemoteWrite(
                        settings.value(ExportKeys.REMOTE_WRITE_URL),
                        settings.value(ExportKeys.REMOTE_WRITE_INTERVAL),
                        settings.value(ExportKeys.REMOTE_WRITE_LABELS),
                        settings.value(ExportKeys.REMOTE_WRITE_AUTH)),
                new Otlp(
                        settings.value(ExportKeys.OTLP_URL),
                        settings.value(ExportKeys.OTLP_INTERVAL),
                        settings.value(ExportKeys.OTLP_TEMPORALITY),
                        settings.value(ExportKeys.OTLP_ATTRIBUTES),
                        settings.value(ExportKeys.OTLP_AUTH)));
    }

    private static Tenants tenants(Settings settings) {
        return new Tenants(
                settings.value(SettingKeys.TENANT_NAME),
                settings.value(SettingKeys.TENANT_MDC),
                settings.value(SettingKeys.TENANT_HEADER),
                settings.value(SettingKeys.TENANT_BAGGAGE),
                settings.value(SettingKeys.TENANT_LABELS),
                settings.value(SettingKeys.TENANT_SALT_FILE));
    }

    private static Remote remote(Settings settings) {
        return new Remote(
                settings.value(SettingKeys.REMOTE_METHOD),
                settings.value(SettingKeys.REMOTE_ACCELERATOR),
                settings.value(SettingKeys.REMOTE_BATCH),
                settings.value(SettingKeys.REMOTE_WATER),
                settings.value(SettingKeys.REMOTE_MODELS),
                settings.value(SettingKeys.REMOTE_ALIASES),
                settings.value(SettingKeys.REMOTE_HOSTS),
                settings.value(SettingKeys.REMOTE_REGIONS));
    }

    /** The straight line of the model needs both of its ends, in order. */
    private static ModelConstants model(Settings settings, FewLines problems) {
        OptionalDouble tdp = settings.value(SettingKeys.MODEL_TDP);
        OptionalDouble idle = settings.value(SettingKeys.MODEL_IDLE);
        OptionalDouble max = settings.value(SettingKeys.MODEL_MAX);
        boolean neither = idle.isEmpty() && max.isEmpty();
        boolean inOrder = idle.isPresent() && max.isPresent() && max.getAsDouble() > idle.getAsDouble();
        if (!neither && !inOrder) {
            problems.add("energy.model.idle: " + inWords(idle, settings.origin(SettingKeys.MODEL_IDLE))
                    + " does not go with energy.model.max: " + inWords(max, settings.origin(SettingKeys.MODEL_MAX))
                    + "; allowed: both, with max above idle, or neither; the default (unset) is used for both");
            idle = settings.revert(SettingKeys.MODEL_IDLE);
            max = settings.revert(SettingKeys.MODEL_MAX);
        }
        return new ModelConstants(tdp, idle, max);
    }

    private static String inWords(OptionalDouble watts, String origin) {
        return watts.isEmpty() ? "unset" : "'" + watts.getAsDouble() + "' (" + origin + ")";
    }
}
