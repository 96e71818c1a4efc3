package io.inferwatt.core.config;

import io.inferwatt.core.energy.SourceContext.ModelConstants;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * All settings, immutable. The names of the keys are those of the documentation without the prefix {@code inferwatt.}.
 *
 * @param enabled {@code enabled}
 * @param serviceName {@code service.name}
 * @param attribution {@code attribution.method}
 * @param maxCallDuration {@code call.max_duration}: a call older than this counts as abandoned
 * @param maxModels {@code metrics.models.max}: models exported by name, further ones are {@code other}
 * @param facility the building around the machine
 * @param embodied what making the machine emitted
 * @param training {@code training.models}: entries separated by semicolons
 * @param tenants on whose behalf calls are made
 * @param budgets limits that a team has set itself
 * @param records lines of single requests
 * @param exports servers that figures are pushed to
 * @param remote how calls of models elsewhere are estimated
 * @param methods {@code methods}: entries separated by semicolons, which the agent reads
 * @param instrumentations {@code instrumentation.<library>.enabled} as far as set, by library in lower case with hyphens
 */
public record InferwattConfig(
        boolean enabled,
        String serviceName,
        Log log,
        Http http,
        Energy energy,
        Sampling sampling,
        AttributionMethod attribution,
        Carbon carbon,
        Facility facility,
        Embodied embodied,
        String training,
        Tenants tenants,
        Budgets budgets,
        Records records,
        Exports exports,
        Duration maxCallDuration,
        int maxModels,
        Remote remote,
        String methods,
        Map<String, Boolean> instrumentations) {

    public InferwattConfig {
        instrumentations = Map.copyOf(instrumentations);
    }

    /** The settings of a meter that nobody configured. */
    public static final InferwattConfig DEFAULTS = new InferwattConfig(
            true,
            "",
            new Log(LogLevel.INFO, Optional.empty()),
            new Http(true, "127.0.0.1", 9465),
            new Energy(
                    List.of("auto"),
                    Path.of("/sys"),
                    Path.of("/proc"),
                    Optional.empty(),
                    Optional.empty(),
                    ModelConstants.NONE,
                    1000),
            new Sampling(Optional.empty(), false, 0.02),
            AttributionMethod.LEARNED,
            Carbon.DEFAULTS,
            Facility.DEFAULTS,
            Embodied.DEFAULTS,
            "",
            Tenants.NONE,
            Budgets.NONE,
            new Records(Optional.empty(), 100, 10),
            Exports.NONE,
            Duration.ofMinutes(10),
            16,
            Remote.DEFAULTS,
            "",
            Map.of());

    /**
     * Tells whether calls of a library are metered; one that is not named in the settings is.
     *
     * @param library in any case, with hyphens or underscores
     */
    public boolean instrumentationEnabled(String library) {
        return instrumentations.getOrDefault(InstrumentationKey.canonical(library), true);
    }

    /** How much the meter's own log says; the values of {@code log.level}. */
    public enum LogLevel {
        OFF,
        WARN,
        INFO,
        DEBUG
    }

    /**
     * Where the meter's own lines go.
     *
     * @param level {@code log.level}
     * @param file {@code log.file}; standard error where empty
     */
    public record Log(LogLevel level, Optional<Path> file) {}

    /**
     * The endpoint for scrapers.
     *
     * @param enabled {@code http.enabled}
     * @param host {@code http.host}
     * @param port {@code http.port}, 0 for any free one
     * @param names {@code http.names}: what clients may call this host, beside addresses
     * @param certificate {@code http.tls.certificate}
     * @param key {@code http.tls.key}
     * @param basicFile {@code http.auth.basic_file}
     * @param tokenFile {@code http.auth.token_file}
     */
    public record Http(
            boolean enabled,
            String host,
            int port,
            List<String> names,
            Optional<Path> certificate,
            Optional<Path> key,
            Optional<Path> basicFile,
            Optional<Path> tokenFile) {

        public Http {
            names = List.copyOf(names);
        }

        /** Makes an endpoint without TLS that asks nobody who it is. */
        public Http(boolean enabled, String host, int port) {
            this(
                    enabled,
                    host,
                    port,
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /**
     * Where joules may come from.
     *
     * @param sources {@code energy.sources}: {@code auto} or source ids in order of preference
     * @param sysRoot {@code energy.sysfs.root}
     * @param procRoot {@code energy.procfs.root}
     * @param powercapRoot {@code energy.powercap.root}
     * @param nvmlLibrary {@code energy.nvml.library}
     * @param model {@code energy.model.tdp}, {@code energy.model.idle}, {@code energy.model.max}, all in watts
     * @param ceilingWatts {@code energy.ceiling}: more than this from one zone is implausible
     */
    public record Energy(
            List<String> sources,
            Path sysRoot,
            Path procRoot,
            Optional<Path> powercapRoot,
            Optional<String> nvmlLibrary,
            ModelConstants model,
            double ceilingWatts) {

        public Energy {
            sources = List.copyOf(sources);
        }
    }

    /**
     * The rhythm of the tick.
     *
     * @param interval {@code sample.interval} while busy; chosen by the clocks at hand where empty
     * @param nativeClocks {@code sample.native_clocks}
     * @param cpuMax {@code agent.cpu.max} as a part of one core
     */
    public record Sampling(Optional<Duration> interval, boolean nativeClocks, double cpuMax) {}

    /**
     * How dirty the grid is.
     *
     * @param zone {@code carbon.zone}, for instance {@code KR}
     * @param intensityGramsPerKwh {@code carbon.intensity}
     * @param region {@code carbon.region}
     * @param source {@code carbon.source}: {@link #TABLE}, or the id of a source that is asked again and again
     * @param url {@code carbon.url}
     * @param keyFile {@code carbon.key_file}
     * @param refresh {@code carbon.refresh}
     * @param marketGramsPerKwh {@code carbon.market_intensity}
     */
    public record Carbon(
            Optional<String> zone,
            OptionalDouble intensityGramsPerKwh,
            String region,
            String source,
            Optional<String> url,
            Optional<Path> keyFile,
            Duration refresh,
            OptionalDouble marketGramsPerKwh) {

        /** The source that nobody has to be asked for. */
        public static final String TABLE = "table";

        /** What is in force where nobody configured anything. */
        public static final Carbon DEFAULTS = new Carbon(
                Optional.empty(),
                OptionalDouble.empty(),
                "environment",
                Carbon.TABLE,
                Optional.empty(),
                Optional.empty(),
                Duration.ofMinutes(5),
                OptionalDouble.empty());
    }

    /**
     * The building around the machine.
     *
     * @param pue {@code facility.pue}
     * @param wueLitersPerKwh {@code facility.wue}
     * @param ewifLitersPerKwh {@code facility.ewif}
     */
    public record Facility(OptionalDouble pue, OptionalDouble wueLitersPerKwh, OptionalDouble ewifLitersPerKwh) {

        /** What is in force where nobody configured anything. */
        public static final Facility DEFAULTS =
                new Facility(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    }

    /**
     * What making the machine emitted, and over how long it is spread.
     *
     * @param serverKilograms {@code embodied.server_kg}
     * @param serverYears {@code embodied.server_years}
     * @param serverShare {@code embodied.share}
     * @param gpuKilograms {@code embodied.gpu_kg}
     * @param gpuYears {@code embodied.gpu_years}
     */
    public record Embodied(
            OptionalDouble serverKilograms,
            OptionalDouble serverYears,
            OptionalDouble serverShare,
            OptionalDouble gpuKilograms,
            OptionalDouble gpuYears) {

        /** What is in force where nobody configured anything. */
        public static final Embodied DEFAULTS = new Embodied(
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    /**
     * On whose behalf calls are made. Texts are empty where not set.
     *
     * @param name {@code tenant.name}
     * @param mdcKey {@code tenant.mdc}
     * @param header {@code tenant.header}
     * @param baggageKey {@code tenant.baggage}
     * @param labels {@code tenant.labels}
     * @param saltFile {@code tenant.salt_file}
     */
    public record Tenants(
            String name,
            String mdcKey,
            String header,
            String baggageKey,
            List<String> labels,
            Optional<Path> saltFile) {

        /** Nobody tells a tenant but the application itself. */
        public static final Tenants NONE = new Tenants("", "", "", "", List.of(), Optional.empty());

        public Tenants {
            labels = List.copyOf(labels);
        }
    }

    /**
     * Limits that a team has set itself.
     *
     * @param properties what is set of {@code budget.<name>.<property>}, by name and then by property, as written
     * @param stateFile {@code budget.state.file}
     * @param webhook {@code budget.webhook}
     */
    public record Budgets(
            Map<String, Map<String, String>> properties, Optional<Path> stateFile, Optional<String> webhook) {

        /** No limits. */
        public static final Budgets NONE = new Budgets(Map.of(), Optional.empty(), Optional.empty());

        public Budgets {
            properties = Map.copyOf(properties);
        }
    }

    /**
     * Lines of single requests.
     *
     * @param file {@code export.records.file}
     * @param maxMegabytes {@code export.records.max_size}
     * @param maxFiles {@code export.records.max_files}
     */
    public record Records(Optional<Path> file, int maxMegabytes, int maxFiles) {}

    /**
     * Where figures go beside the endpoint; to servers, where their addresses are set.
     *
     * @param application {@code export.application.enabled}: to the application's own registry
     */
    public record Exports(boolean application, Pushgateway pushgateway, RemoteWrite remoteWrite, Otlp otlp) {

        /** Nowhere. */
        public static final Exports NONE = new Exports(
                false,
                new Pushgateway(
                        Optional.empty(),
                        Duration.ofSeconds(60),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.empty()),
                new RemoteWrite(Optional.empty(), Duration.ofSeconds(15), Map.of(), Optional.empty()),
                new Otlp(Optional.empty(), Duration.ofSeconds(60), Temporality.CUMULATIVE, Map.of(), Optional.empty()));
    }

    /**
     * A Pushgateway of Prometheus.
     *
     * @param url {@code export.pushgateway.url}, as written: it may be no address
     * @param interval {@code export.pushgateway.interval}
     * @param job {@code export.pushgateway.job}
     * @param grouping {@code export.pushgateway.grouping}: empty for {@code auto}, an empty map for {@code none}
     * @param deleteOnExit {@code export.pushgateway.delete_on_exit}
     * @param authFile {@code export.pushgateway.auth_file}
     */
    public record Pushgateway(
            Optional<String> url,
            Duration interval,
            Optional<String> job,
            Optional<Map<String, String>> grouping,
            boolean deleteOnExit,
            Optional<Path> authFile) {}

    /**
     * A receiver of Prometheus remote write 1.0.
     *
     * @param url {@code export.remote_write.url}, as written: it may be no address
     * @param interval {@code export.remote_write.interval}
     * @param labels {@code export.remote_write.labels}
     * @param authFile {@code export.remote_write.auth_file}
     */
    public record RemoteWrite(
            Optional<String> url, Duration interval, Map<String, String> labels, Optional<Path> authFile) {}

    /**
     * A receiver of OTLP over HTTP.
     *
     * @param url {@code export.otlp.url}, as written: it may be no address
     * @param interval {@code export.otlp.interval}
     * @param temporality {@code export.otlp.temporality}
     * @param attributes {@code export.otlp.attributes}
     * @param authFile {@code export.otlp.auth_file}
     */
    public record Otlp(
            Optional<String> url,
            Duration interval,
            Temporality temporality,
            Map<String, String> attributes,
            Optional<Path> authFile) {}

    /** What a counter tells each time; the values of {@code export.otlp.temporality}. */
    public enum Temporality {
        /** All since the start: a lost message loses nothing. */
        CUMULATIVE,
        /** What came since the last time. */
        DELTA
    }

    /**
     * How calls of models that other machines run are estimated. The last three are texts that the estimates read: a bad
     * entry there leaves the others in force.
     *
     * @param method {@code remote.method}
     * @param accelerator {@code remote.accelerator}
     * @param batch {@code remote.batch}: requests that the server computes at a time, as far as known
     * @param water {@code remote.water}
     * @param models {@code remote.models}: file with sizes of models
     * @param aliases {@code remote.aliases}: entries {@code name=model} separated by semicolons
     * @param hosts {@code remote.hosts}: entries {@code host[:port]=provider[/region]} separated by semicolons
     * @param regions {@code remote.regions}: entries {@code provider=place} separated by semicolons
     */
    public record Remote(
            RemoteMethod method,
            Accelerator accelerator,
            OptionalInt batch,
            WaterFormula water,
            Optional<Path> models,
            String aliases,
            String hosts,
            String regions) {

        /** What is in force where nobody configured anything. */
        public static final Remote DEFAULTS = new Remote(
                RemoteMethod.MLENERGY,
                Accelerator.H100,
                OptionalInt.empty(),
                WaterFormula.CORRECTED,
                Optional.empty(),
                "",
                "",
                "");

        /** Returns whether this is what is in force where nobody configured anything. */
        public boolean isDefault() {
            return all().equals(DEFAULTS.all());
        }

        // The compiler's equals of a record costs 20 ms of processor time at its first use, and this is asked at each
        // start.
        private List<Object> all() {
            return List.of(method, accelerator, batch, water, models, aliases, hosts, regions);
        }
    }

    /** The card that remote models are assumed to run on; the values of {@code remote.accelerator}. */
    public enum Accelerator {
        H100,
        B200
    }

    /** How litres are computed; the values of {@code remote.water}. */
    public enum WaterFormula {
        /** Water on site by IT energy, water at power plants by the energy of the building. */
        CORRECTED,
        /** As EcoLogits 0.9 does, which counts the PUE twice; to compare with its figures. */
        ECOLOGITS
    }
}
