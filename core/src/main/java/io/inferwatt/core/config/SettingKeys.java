package io.inferwatt.core.config;

import io.inferwatt.core.config.InferwattConfig.Accelerator;
import io.inferwatt.core.config.InferwattConfig.LogLevel;
import io.inferwatt.core.config.InferwattConfig.WaterFormula;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The table of all settings. Parsing, the texts of problems and the documentation follow from it. */
final class SettingKeys {

    private static final String FLAG = "`true` or `false`";
    private static final String WATTS = "watts, a number from 1 to 100000";

    static final SettingKey<Boolean> ENABLED =
            new SettingKey<>("enabled", "true", FLAG, "Whether the agent does anything at all.", Parsers::flag);
    static final SettingKey<String> SERVICE_NAME = new SettingKey<>(
            "service.name", "", "text of at most 100 characters", "Name of this service.", Parsers.text(100));
    static final SettingKey<LogLevel> LOG_LEVEL = new SettingKey<>(
            "log.level",
            "info",
            "`off`, `warn`, `info` or `debug`",
            "How much the agent's own log says.",
            Parsers.choice(LogLevel.values(), level -> level.name().toLowerCase(Locale.ROOT)));
    static final SettingKey<Optional<Path>> LOG_FILE = new SettingKey<>(
            "log.file", "", "a path", "Where the agent's own lines go. Unset: standard error.", path());
    static final SettingKey<Boolean> HTTP_ENABLED =
            new SettingKey<>("http.enabled", "true", FLAG, "Whether the endpoint is opened.", Parsers::flag);
    static final SettingKey<String> HTTP_HOST = new SettingKey<>(
            "http.host",
            "127.0.0.1",
            "`localhost` or an address, such as `0.0.0.0` for all of this machine",
            "Address the endpoint listens on. The default is reachable from this machine only. See [endpoint.md](endpoint.md).",
            Parsers::host);
    static final SettingKey<Integer> HTTP_PORT = new SettingKey<>(
            "http.port",
            "9465",
            "a whole number from 0 to 65535",
            "Port of the endpoint; 0 takes any free one.",
            Parsers.wholeNumber(0, 65535));
    static final SettingKey<List<String>> HTTP_NAMES = new SettingKey<>(
            "http.names",
            "",
            "host names separated by `;`, at most 20 of 253 characters",
            "Names by which clients may ask for the endpoint, beside addresses and `localhost`.",
            Parsers.names(20, 253));
    static final SettingKey<Optional<Path>> HTTP_CERTIFICATE = new SettingKey<>(
            "http.tls.certificate",
            "",
            "a path",
            "PEM file with the certificate of the endpoint and those that signed it. Unset: no TLS.",
            path());
    static final SettingKey<Optional<Path>> HTTP_KEY = new SettingKey<>(
            "http.tls.key", "", "a path", "PEM file with the private key of that certificate, not encrypted.", path());
    static final SettingKey<Optional<Path>> HTTP_BASIC_FILE = new SettingKey<>(
            "http.auth.basic_file",
            "",
            "a path",
            "File with a line `user:hash` for each user who may read the endpoint.",
            path());
    static final SettingKey<Optional<Path>> HTTP_TOKEN_FILE = new SettingKey<>(
            "http.auth.token_file",
            "",
            "a path",
            "File with a bearer token in each line; whoever sends one of them may read the endpoint.",
            path());
    static final SettingKey<List<String>> ENERGY_SOURCES = new SettingKey<>(
            "energy.sources",
            "auto",
            "`auto`, or ids of sources separated by `;`, in lower case",
            "Energy sources that may be used, the preferred one first.",
            Parsers::sources);
    static final SettingKey<Path> SYSFS_ROOT =
            new SettingKey<>("energy.sysfs.root", "/sys", "a path", "Root of the sys file system.", Parsers::path);
    static final SettingKey<Path> PROCFS_ROOT =
            new SettingKey<>("energy.procfs.root", "/proc", "a path", "Root of the proc file system.", Parsers::path);
    static final SettingKey<Optional<Path>> POWERCAP_ROOT = new SettingKey<>(
            "energy.powercap.root",
            "",
            "a path",
            "Folder with powercap zones that a hypervisor passes to this machine.",
            path());
    static final SettingKey<Optional<String>> NVML_LIBRARY = new SettingKey<>(
            "energy.nvml.library",
            "",
            "a path or a name of a library, at most 1000 characters",
            "NVIDIA's management library. Unset: the one of the driver.",
            Parsers.optional("", Parsers.text(1000)));
    static final SettingKey<OptionalDouble> MODEL_TDP = new SettingKey<>(
            "energy.model.tdp",
            "",
            WATTS,
            "Power model: thermal design power of all processor packages together. Unset: by the processor's name, on"
                    + " machines that are not virtual.",
            Parsers.optionalNumber(1, 100_000));
    static final SettingKey<OptionalDouble> MODEL_IDLE = new SettingKey<>(
            "energy.model.idle",
            "",
            "watts, a number from 0 to 100000",
            "Power model: measured power of the idle machine. Needs `energy.model.max`.",
            Parsers.optionalNumber(0, 100_000));
    static final SettingKey<OptionalDouble> MODEL_MAX = new SettingKey<>(
            "energy.model.max",
            "",
            WATTS,
            "Power model: measured power of the fully busy machine. Needs `energy.model.idle` and is above it.",
            Parsers.optionalNumber(1, 100_000));
    static final SettingKey<Double> CEILING = new SettingKey<>(
            "energy.ceiling",
            "1000",
            WATTS,
            "More than this from one zone is taken for a broken counter.",
            Parsers.number(1, 100_000));
    static final SettingKey<Optional<Duration>> SAMPLE_INTERVAL = new SettingKey<>(
            "sample.interval",
            "auto",
            "`auto`, or a duration from 10ms to 10s such as `20ms` or `1s`",
            "Time between two samples while models are busy. Shorter where a GPU's counter needs it.",
            Parsers.optional("auto", Parsers.duration(Duration.ofMillis(10), Duration.ofSeconds(10))));
    static final SettingKey<Boolean> NATIVE_CLOCKS = new SettingKey<>(
            "sample.native_clocks",
            "false",
            FLAG,
            "Whether native code may be loaded to read the processor time of threads.",
            Parsers::flag);
    static final SettingKey<Double> CPU_MAX = new SettingKey<>(
            "agent.cpu.max",
            "2%",
            "a percentage of one core from 0.1% to 100% such as `2%`",
            "How much processor time the agent's threads may use, over half a minute. Where it is more, samples are taken more rarely, down to once a"
                    + " second. See [fail-open.md](fail-open.md#what-the-meter-itself-costs).",
            Parsers.percentage(0.1, 100));
    static final SettingKey<AttributionMethod> ATTRIBUTION = new SettingKey<>(
            "attribution.method",
            "learned",
            "`learned`, `cpu_share` or `equal`",
            "How energy is divided over calls that run at the same time.",
            Parsers.choice(AttributionMethod.values(), AttributionMethod::label));
    static final SettingKey<Optional<String>> CARBON_ZONE = new SettingKey<>(
            "carbon.zone",
            "",
            "a country as ISO 3166 code or name, a state of the USA such as `US-VA`, or `EUU`, `EUR`, `WOR`; for a live source a zone in its own words",
            "Where the electricity comes from. Unset: by the cloud region, else the world average.",
            Parsers.optional("", Parsers.text(60)));
    static final SettingKey<OptionalDouble> CARBON_INTENSITY = new SettingKey<>(
            "carbon.intensity",
            "",
            "grams of CO2e per kWh, a number from 1 to 2000",
            "Carbon intensity of the electricity. Wins over `carbon.zone`.",
            Parsers.optionalNumber(1, 2000));
    static final SettingKey<String> CARBON_REGION = new SettingKey<>(
            "carbon.region",
            "environment",
            "`off`, `environment`, `metadata`, or a cloud and its region such as `aws/eu-west-1`",
            "Cloud region that this machine is in, which gives grid, PUE and water. `environment` reads the variables that clouds set;"
                    + " `metadata` asks the cloud's own metadata address as well.",
            Parsers.text(60));
    static final SettingKey<String> CARBON_SOURCE = new SettingKey<>(
            "carbon.source",
            InferwattConfig.Carbon.TABLE,
            "`table`, `electricity-maps`, `watttime`, `uk`, `file`, or the id of a source on the class path",
            "Who tells the carbon intensity of the grid. All but `table` are asked again and again. See [carbon.md](carbon.md).",
            Parsers::id);
    static final SettingKey<Optional<String>> CARBON_URL = new SettingKey<>(
            "carbon.url",
            "",
            "a URL with `http` or `https`, or a path for `carbon.source=file`",
            "Where that source is asked, if not at its own address.",
            Parsers.optional("", Parsers.text(1000)));
    static final SettingKey<Optional<Path>> CARBON_KEY_FILE = new SettingKey<>(
            "carbon.key_file",
            "",
            "a path",
            "File with the key of that source: a token, or `user:password` for WattTime. Else the variable `INFERWATT_CARBON_KEY` holds it.",
            path());
    static final SettingKey<Duration> CARBON_REFRESH = new SettingKey<>(
            "carbon.refresh",
            "5m",
            "a duration from 10s to 24h such as `5m`",
            "How often that source is asked.",
            Parsers.duration(Duration.ofSeconds(10), Duration.ofHours(24)));
    static final SettingKey<OptionalDouble> MARKET_INTENSITY = new SettingKey<>(
            "carbon.market_intensity",
            "",
            "grams of CO2e per kWh, a number from 0 to 2000",
            "Intensity of the electricity that is bought, for a market-based figure beside the location-based one.",
            Parsers.optionalNumber(0, 2000));
    static final SettingKey<OptionalDouble> PUE = new SettingKey<>(
            "facility.pue",
            "",
            "a number from 1 to 5",
            "Power usage effectiveness of the building: facility energy over IT energy.",
            Parsers.optionalNumber(1, 5));
    static final SettingKey<OptionalDouble> WUE = new SettingKey<>(
            "facility.wue",
            "",
            "litres per kWh of IT energy, a number from 0 to 20",
            "Water usage effectiveness of the building: litres evaporated on site for each kWh of IT energy.",
            Parsers.optionalNumber(0, 20));
    static final SettingKey<OptionalDouble> EWIF = new SettingKey<>(
            "facility.ewif",
            "",
            "litres per kWh from the grid, a number from 0 to 100",
            "Water at the power plants for each kWh from the grid.",
            Parsers.optionalNumber(0, 100));
    static final SettingKey<OptionalDouble> SERVER_KILOGRAMS = new SettingKey<>(
            "embodied.server_kg",
            "",
            "kilograms of CO2e, a number from 0 to 100000",
            "What making the whole server emitted, without its GPUs.",
            Parsers.optionalNumber(0, 100_000));
    static final SettingKey<OptionalDouble> SERVER_YEARS = new SettingKey<>(
            "embodied.server_years",
            "",
            "years, a number from 0.5 to 20",
            "How long the server is in use.",
            Parsers.optionalNumber(0.5, 20));
    static final SettingKey<OptionalDouble> SERVER_SHARE = new SettingKey<>(
            "embodied.share",
            "",
            "a number from 0 to 1",
            "Part of the server that this machine is. Unset: all of it, of a virtual machine its hardware threads over those of a common server.",
            Parsers.optionalNumber(0, 1));
    static final SettingKey<OptionalDouble> GPU_KILOGRAMS = new SettingKey<>(
            "embodied.gpu_kg",
            "",
            "kilograms of CO2e, a number from 0 to 10000",
            "What making one GPU emitted. Unset: by its name.",
            Parsers.optionalNumber(0, 10_000));
    static final SettingKey<OptionalDouble> GPU_YEARS = new SettingKey<>(
            "embodied.gpu_years",
            "",
            "years, a number from 0.5 to 20",
            "How long a GPU is in use.",
            Parsers.optionalNumber(0.5, 20));
    static final SettingKey<String> TRAINING = new SettingKey<>(
            "training.models",
            "",
            "entries such as `minilm=12kg/1000000requests` or `scorer=3kg/2years` separated by `;`",
            "What training a model emitted and over how many requests, or how long, it is spread. Shown apart.",
            text -> text);
    static final SettingKey<String> TENANT_NAME = new SettingKey<>(
            "tenant.name",
            "",
            "text of at most 100 characters",
            "On whose behalf all calls are made that tell nobody else.",
            Parsers.text(100));
    static final SettingKey<String> TENANT_MDC = new SettingKey<>(
            "tenant.mdc",
            "",
            "a key of at most 100 characters",
            "Key of SLF4J's MDC under which the application keeps the tenant.",
            Parsers.text(100));
    static final SettingKey<String> TENANT_HEADER = new SettingKey<>(
            "tenant.header",
            "",
            "a name of at most 100 characters",
            "HTTP header that names the tenant in requests to a servlet.",
            Parsers.text(100));
    static final SettingKey<String> TENANT_BAGGAGE = new SettingKey<>(
            "tenant.baggage",
            "",
            "a key of at most 100 characters",
            "Key of OpenTelemetry's baggage that holds the tenant.",
            Parsers.text(100));
    static final SettingKey<List<String>> TENANT_LABELS = new SettingKey<>(
            "tenant.labels",
            "",
            "at most 100 names separated by `;`, none of them `other` or `none`",
            "Tenants that are told apart by name in metrics; all others are `other` there.",
            Parsers.tenants(100, 100));
    static final SettingKey<Optional<Path>> TENANT_SALT_FILE = new SettingKey<>(
            "tenant.salt_file",
            "",
            "a path",
            "File with a secret text that goes into the hashes of tenants, so that they are the same after a restart. Unset: a new one at each start.",
            path());
    /** A family of keys; see {@link BudgetKey} for the parts in angle brackets. */
    static final SettingKey<String> BUDGET = new SettingKey<>(
            "budget.<name>.<property>",
            "",
            "see [budgets.md](budgets.md)",
            "A budget of joules, grams or litres, for instance `budget.team-a.limit=5 kWh`.",
            text -> text);

    static final SettingKey<Optional<Path>> BUDGET_STATE_FILE = new SettingKey<>(
            "budget.state.file",
            "",
            "a path",
            "Where consumption is kept over a restart. Unset: a file for each `service.name` in the folder for temporary files.",
            path());
    static final SettingKey<Optional<String>> BUDGET_WEBHOOK = new SettingKey<>(
            "budget.webhook",
            "",
            "a URL with `http` or `https`",
            "Told by a POST when a budget crosses a threshold.",
            Parsers.optional("", Parsers.text(1000)));
    static final SettingKey<Optional<Path>> RECORDS_FILE = new SettingKey<>(
            "export.records.file", "", "a path", "JSON lines, one for each request. Unset: none are written.", path());
    static final SettingKey<Integer> RECORDS_MAX_SIZE = new SettingKey<>(
            "export.records.max_size",
            "100",
            "megabytes, a whole number from 1 to 100000",
            "A file that has grown so large is set aside and the next one begun.",
            Parsers.wholeNumber(1, 100_000));
    static final SettingKey<Integer> RECORDS_MAX_FILES = new SettingKey<>(
            "export.records.max_files",
            "10",
            "a whole number from 1 to 1000",
            "Files that are kept in all; the oldest one is deleted.",
            Parsers.wholeNumber(1, 1000));
    static final SettingKey<Duration> MAX_CALL_DURATION = new SettingKey<>(
            "call.max_duration",
            "10m",
            "a duration from 1s to 24h such as `90s` or `10m`",
            "A call that runs longer counts as abandoned.",
            Parsers.duration(Duration.ofSeconds(1), Duration.ofHours(24)));
    static final SettingKey<Integer> MAX_MODELS = new SettingKey<>(
            "metrics.models.max",
            "16",
            "a whole number from 1 to 200",
            "Models exported by name; further ones are added up as `other`.",
            Parsers.wholeNumber(1, 200));

    static final SettingKey<RemoteMethod> REMOTE_METHOD = new SettingKey<>(
            "remote.method",
            "tokens-mlenergy-v3",
            "`tokens-mlenergy-v3` or `tokens-ecologits-0.9`",
            "How calls of remote models are estimated. See [remote-models.md](remote-models.md).",
            Parsers.choice(RemoteMethod.values(), RemoteMethod::label));
    static final SettingKey<Accelerator> REMOTE_ACCELERATOR = new SettingKey<>(
            "remote.accelerator",
            "h100",
            "`h100` or `b200`",
            "Card that remote models are assumed to run on.",
            Parsers.choice(Accelerator.values(), card -> card.name().toLowerCase(Locale.ROOT)));
    static final SettingKey<OptionalInt> REMOTE_BATCH = new SettingKey<>(
            "remote.batch",
            "",
            "a whole number from 1 to 4096",
            "Requests that the server of a remote model computes at a time. Unset: 128, four times as many or as few at one sigma.",
            Parsers.optionalWholeNumber(1, 4096));
    static final SettingKey<WaterFormula> REMOTE_WATER = new SettingKey<>(
            "remote.water",
            "corrected",
            "`corrected` or `ecologits`",
            "How litres of remote calls are computed.",
            Parsers.choice(WaterFormula.values(), formula -> formula.name().toLowerCase(Locale.ROOT)));
    static final SettingKey<Optional<Path>> REMOTE_MODELS = new SettingKey<>(
            "remote.models",
            "",
            "a path",
            "File with sizes of remote models, which win over the built-in ones.",
            path());
    static final SettingKey<String> REMOTE_ALIASES = new SettingKey<>(
            "remote.aliases",
            "",
            "entries such as `prod-chat=gpt-4o` separated by `;`",
            "Names under which models are asked for, and what they are.",
            text -> text);
    static final SettingKey<String> REMOTE_HOSTS = new SettingKey<>(
            "remote.hosts",
            "",
            "entries such as `llm.internal=aws.bedrock/eu-west-1` separated by `;`",
            "Who runs the models behind a host, and where.",
            text -> text);
    static final SettingKey<String> REMOTE_REGIONS = new SettingKey<>(
            "remote.regions",
            "",
            "entries such as `openai=azure/swedencentral` separated by `;`",
            "Where a provider runs its models, if the call does not tell.",
            text -> text);

    static final SettingKey<String> METHODS = new SettingKey<>(
            "methods",
            "",
            "entries such as `com.acme.Scorer#score` separated by `;`",
            "Methods of the application that are model calls too. See [methods.md](methods.md).",
            text -> text);

    /** The one family of keys; see {@link InstrumentationKey} for the part in angle brackets. */
    static final SettingKey<Boolean> INSTRUMENTATION = new SettingKey<>(
            "instrumentation.<library>.enabled",
            "true",
            FLAG,
            "Whether calls of that library are metered, for instance `instrumentation.onnxruntime.enabled`.",
            Parsers::flag);

    static final SettingKey<Optional<Path>> CONFIG_FILE = new SettingKey<>(
            "config.file",
            "",
            "a path",
            "Properties file with further settings. Cannot be set in that file itself.",
            path());

    static final List<SettingKey<?>> ALL = List.of(
            ENABLED,
            SERVICE_NAME,
            LOG_LEVEL,
            LOG_FILE,
            HTTP_ENABLED,
            HTTP_HOST,
            HTTP_PORT,
            HTTP_NAMES,
            HTTP_CERTIFICATE,
            HTTP_KEY,
            HTTP_BASIC_FILE,
            HTTP_TOKEN_FILE,
            ENERGY_SOURCES,
            SYSFS_ROOT,
            PROCFS_ROOT,
            POWERCAP_ROOT,
            NVML_LIBRARY,
            MODEL_TDP,
            MODEL_IDLE,
            MODEL_MAX,
            CEILING,
            SAMPLE_INTERVAL,
            NATIVE_CLOCKS,
            CPU_MAX,
            ATTRIBUTION,
            CARBON_ZONE,
            CARBON_INTENSITY,
            CARBON_REGION,
            CARBON_SOURCE,
            CARBON_URL,
            CARBON_KEY_FILE,
            CARBON_REFRESH,
            MARKET_INTENSITY,
            PUE,
            WUE,
            EWIF,
            SERVER_KILOGRAMS,
            SERVER_YEARS,
            SERVER_SHARE,
            GPU_KILOGRAMS,
            GPU_YEARS,
            TRAINING,
            TENANT_NAME,
            TENANT_MDC,
            TENANT_HEADER,
            TENANT_BAGGAGE,
            TENANT_LABELS,
            TENANT_SALT_FILE,
            BUDGET,
            BUDGET_STATE_FILE,
            BUDGET_WEBHOOK,
            RECORDS_FILE,
            RECORDS_MAX_SIZE,
            RECORDS_MAX_FILES,
            ExportKeys.APPLICATION,
            ExportKeys.PUSHGATEWAY_URL,
            ExportKeys.PUSHGATEWAY_INTERVAL,
            ExportKeys.PUSHGATEWAY_JOB,
            ExportKeys.PUSHGATEWAY_GROUPING,
            ExportKeys.PUSHGATEWAY_DELETE,
            ExportKeys.PUSHGATEWAY_AUTH,
            ExportKeys.REMOTE_WRITE_URL,
            ExportKeys.REMOTE_WRITE_INTERVAL,
            ExportKeys.REMOTE_WRITE_LABELS,
            ExportKeys.REMOTE_WRITE_AUTH,
            ExportKeys.OTLP_URL,
            ExportKeys.OTLP_INTERVAL,
            ExportKeys.OTLP_TEMPORALITY,
            ExportKeys.OTLP_ATTRIBUTES,
            ExportKeys.OTLP_AUTH,
            MAX_CALL_DURATION,
            MAX_MODELS,
            REMOTE_METHOD,
            REMOTE_ACCELERATOR,
            REMOTE_BATCH,
            REMOTE_WATER,
            REMOTE_MODELS,
            REMOTE_ALIASES,
            REMOTE_HOSTS,
            REMOTE_REGIONS,
            METHODS,
            INSTRUMENTATION,
            CONFIG_FILE);

    private SettingKeys() {}

    private static SettingKey.Parser<Optional<Path>> path() {
        return Parsers.optional("", Parsers::path);
    }
}
