package io.inferwatt.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.config.ConfigLoader.Loaded;
import io.inferwatt.core.config.ConfigLoader.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {

    private static Loaded arguments(String arguments) {
        return ConfigLoader.load(arguments, Map.of(), Map.of());
    }

    private static Setting setting(Loaded loaded, String key) {
        return loaded.settings().stream()
                .filter(setting -> setting.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void nothingWritten_givesTheDefaults() {
        Loaded loaded = ConfigLoader.load(null, Map.of("java.version", "17"), Map.of("PATH", "/bin"));

        assertThat(loaded.config()).isEqualTo(InferwattConfig.DEFAULTS);
        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.settings()).extracting(Setting::origin).containsOnly("default");
        assertThat(loaded.settings())
                .extracting(Setting::key)
                .containsExactlyElementsOf(SettingKeys.ALL.stream()
                        .map(SettingKey::name)
                        .filter(name -> !name.contains("<"))
                        .toList());
    }

    @Test
    void everyDefaultWrittenOut_isAllowedAndChangesNothing() {
        Map<String, String> properties = new HashMap<>();
        for (SettingKey<?> key : SettingKeys.ALL) {
            if (key.name().indexOf('<') < 0) {
                properties.put("inferwatt." + key.name(), key.defaultText());
            }
        }

        Loaded loaded = ConfigLoader.load(null, properties, Map.of());

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.config()).isEqualTo(InferwattConfig.DEFAULTS);
    }

    @Test
    void keysOfRemoteModels_canBeSet() {
        InferwattConfig.Remote remote = ConfigLoader.load(
                        "remote.method=TOKENS-ecologits-0.9,remote.accelerator=B200,remote.batch=64,remote.water=ecologits,"
                                + "remote.models=m.csv,remote.aliases=a=b;c=d,remote.hosts=h:1=openai,remote.regions=openai=SE",
                        Map.of(),
                        Map.of())
                .config()
                .remote();

        assertThat(remote)
                .isEqualTo(new InferwattConfig.Remote(
                        RemoteMethod.ECOLOGITS,
                        InferwattConfig.Accelerator.B200,
                        OptionalInt.of(64),
                        InferwattConfig.WaterFormula.ECOLOGITS,
                        Optional.of(Path.of("m.csv")),
                        "a=b;c=d",
                        "h:1=openai",
                        "openai=SE"));
    }

    @ParameterizedTest
    @CsvSource({
        "remote.method, ecologits, tokens-mlenergy-v3 or tokens-ecologits-0.9",
        "remote.accelerator, a100, h100 or b200",
        "remote.batch, 0, a whole number from 1 to 4096",
        "remote.batch, 4097, a whole number from 1 to 4096",
        "remote.water, theirs, corrected or ecologits",
    })
    void keyOfRemoteModels_thatIsNotAllowed_isOneLineAndTheDefaultIsUsed(String key, String value, String allowed) {
        Loaded loaded = arguments(key + "=" + value);

        assertThat(loaded.problems())
                .singleElement()
                .asString()
                .startsWith(key + ": '" + value + "' (agent argument) is not allowed; allowed: " + allowed + ";");
        assertThat(loaded.config()).isEqualTo(InferwattConfig.DEFAULTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"other", "none", "acme; other", "none;acme"})
    void wordsForAllOthersAndNobody_areNoNamesOfTenants(String labels) {
        Loaded loaded = arguments("tenant.labels=" + labels);

        assertThat(loaded.problems())
                .singleElement()
                .asString()
                .startsWith(
                        "tenant.labels: '" + labels + "' (agent argument) is not allowed; allowed: at most 100 names"
                                + " separated by ;, none of them other or none;");
        assertThat(loaded.config().tenants().labels()).isEmpty();
        assertThat(arguments("tenant.labels=others; Nonesuch")
                        .config()
                        .tenants()
                        .labels())
                .containsExactly("others", "Nonesuch");
    }

    @Test
    void everyKeyCanBeSet() {
        InferwattConfig config = arguments("enabled=false,service.name=shop,log.level=debug,log.file=a.log,"
                        + "http.enabled=false,http.host=::1,http.port=0,energy.sources=rapl;model,energy.sysfs.root=/h/sys,"
                        + "energy.procfs.root=/h/proc,energy.powercap.root=/p,energy.model.tdp=120.5,energy.model.idle=40,"
                        + "energy.model.max=200,energy.ceiling=2000,sample.interval=1s,sample.native_clocks=true,"
                        + "attribution.method=equal,carbon.zone=KR,carbon.intensity=400,facility.pue=1.2,"
                        + "call.max_duration=90s,metrics.models.max=200,instrumentation.djl.enabled=false")
                .config();

        assertThat(config.enabled()).isFalse();
        assertThat(config.serviceName()).isEqualTo("shop");
        assertThat(config.log().level()).isEqualTo(InferwattConfig.LogLevel.DEBUG);
        assertThat(config.log().file()).contains(Path.of("a.log"));
        assertThat(config.http()).isEqualTo(new InferwattConfig.Http(false, "::1", 0));
        assertThat(config.energy().sources()).containsExactly("rapl", "model");
        assertThat(config.energy().sysRoot()).isEqualTo(Path.of("/h/sys"));
        assertThat(config.energy().procRoot()).isEqualTo(Path.of("/h/proc"));
        assertThat(config.energy().powercapRoot()).contains(Path.of("/p"));
        assertThat(config.energy().model().tdpWatts()).hasValue(120.5);
        assertThat(config.energy().model().idleWatts()).hasValue(40);
        assertThat(config.energy().model().maxWatts()).hasValue(200);
        assertThat(config.energy().ceilingWatts()).isEqualTo(2000);
        assertThat(config.sampling().interval()).contains(Duration.ofSeconds(1));
        assertThat(config.sampling().nativeClocks()).isTrue();
        assertThat(config.attribution()).isEqualTo(AttributionMethod.EQUAL);
        assertThat(config.carbon().zone()).contains("KR");
        assertThat(config.carbon().intensityGramsPerKwh()).hasValue(400);
        assertThat(config.facility().pue()).hasValue(1.2);
        assertThat(config.maxCallDuration()).isEqualTo(Duration.ofSeconds(90));
        assertThat(config.maxModels()).isEqualTo(200);
        assertThat(config.instrumentations()).containsOnly(Map.entry("djl", false));
    }

    @Test
    void strongerLayer_wins(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("inferwatt.properties"), """
                http.port=1
                inferwatt.metrics.models.max=1
                facility.pue=1.1
                call.max_duration=1m
                """);
        Map<String, String> environment = Map.of(
                "INFERWATT_CONFIG_FILE", file.toString(),
                "INFERWATT_HTTP_PORT", "2",
                "INFERWATT_METRICS_MODELS_MAX", "2",
                "INFERWATT_FACILITY_PUE", "1.2");
        Map<String, String> properties = Map.of("inferwatt.http.port", "3", "inferwatt.metrics.models.max", "3");

        Loaded loaded = ConfigLoader.load("http.port=4", properties, environment);

        assertThat(loaded.problems()).isEmpty();
        assertThat(setting(loaded, "http.port")).isEqualTo(new Setting("http.port", "4", "agent argument"));
        assertThat(setting(loaded, "metrics.models.max"))
                .isEqualTo(new Setting("metrics.models.max", "3", "system property inferwatt.metrics.models.max"));
        assertThat(setting(loaded, "facility.pue"))
                .isEqualTo(new Setting("facility.pue", "1.2", "environment INFERWATT_FACILITY_PUE"));
        assertThat(setting(loaded, "call.max_duration"))
                .isEqualTo(new Setting("call.max_duration", "1m", "file " + file));
        assertThat(setting(loaded, "log.level")).isEqualTo(new Setting("log.level", "info", "default"));
        assertThat(loaded.config().http().port()).isEqualTo(4);
        assertThat(loaded.config().maxModels()).isEqualTo(3);
        assertThat(loaded.config().facility().pue()).hasValue(1.2);
        assertThat(loaded.config().maxCallDuration()).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"C:\\logs\\a b.txt", "/var/log/x=y:z.log", "D:/w"})
    void valuesOfAgentArguments_keepColonsEqualsSignsAndBackslashes(String value) {
        Loaded loaded = arguments("log.file=" + value + ",inferwatt.http.port=0");

        assertThat(loaded.problems()).isEmpty();
        assertThat(setting(loaded, "log.file").value()).isEqualTo(value);
        assertThat(loaded.config().http().port()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http.port|65536",
                "http.port|-1",
                "http.port|1e3",
                "http.port|99999999999",
                "http.port|",
                "http.host|a b",
                "http.host|",
                "enabled|maybe",
                "log.level|loud",
                "energy.sources|rapl;;model",
                "energy.sources|auto;rapl",
                "energy.sources|rapl;rapl",
                "energy.sources|",
                "energy.sysfs.root|",
                "energy.model.tdp|NaN",
                "energy.model.tdp|0",
                "energy.ceiling|0x10",
                "energy.ceiling|10d",
                "energy.ceiling|",
                "sample.interval|9ms",
                "sample.interval|11s",
                "sample.interval|20",
                "sample.interval|20 ms",
                "sample.native_clocks|si",
                "attribution.method|fair",
                "carbon.intensity|0",
                "carbon.intensity|0.4",
                "carbon.intensity|-3",
                "facility.pue|0.99",
                "facility.pue|5.01",
                "facility.pue|Infinity",
                "call.max_duration|0s",
                "call.max_duration|25h",
                "metrics.models.max|0",
                "metrics.models.max|201",
            })
    void valueThatIsNotAllowed_isReportedAndTheDefaultIsUsed(String key, String value) {
        String text = value == null ? "" : value;
        Loaded loaded = ConfigLoader.load(null, Map.of("inferwatt." + key, text), Map.of());

        SettingKey<?> definition = SettingKeys.ALL.stream()
                .filter(candidate -> candidate.name().equals(key))
                .findFirst()
                .orElseThrow();
        assertThat(loaded.problems())
                .containsExactly(key + ": '" + text.strip() + "' (system property inferwatt." + key
                        + ") is not allowed; allowed: " + definition.allowed().replace("`", "") + "; "
                        + definition.defaultInWords());
        assertThat(loaded.config()).isEqualTo(InferwattConfig.DEFAULTS);
        assertThat(setting(loaded, key)).isEqualTo(new Setting(key, definition.defaultText(), "default"));
    }

    @Test
    void pathThatNoFileSystemTakes_isReported() {
        Loaded loaded = ConfigLoader.load(null, Map.of("inferwatt.log.file", "a\0b"), Map.of());

        assertThat(loaded.problems())
                .containsExactly("log.file: 'a?b' (system property inferwatt.log.file) is not "
                        + "allowed; allowed: a path; the default (unset) is used");
    }

    @ParameterizedTest
    @CsvSource({"10ms,10", "20ms,20", "1s,1000", "10s,10000"})
    void sampleInterval_isReadWithinItsBounds(String text, long millis) {
        assertThat(arguments("sample.interval=" + text).config().sampling().interval())
                .contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({
        "http.prot,did you mean http.port?",
        "carbon_zone,did you mean carbon.zone?",
        "Http.Port,did you mean http.port?",
        "pue,known keys: enabled\\, service.name",
        "instrumentation.djl.enable,did you mean instrumentation.<library>.enabled?",
    })
    void unknownKey_isReportedWithTheNearestOne(String key, String advice) {
        assertThat(arguments(key + "=1").problems())
                .singleElement()
                .asString()
                .startsWith("unknown key '" + key + "' with value '1' (agent argument) is ignored; ")
                .contains(advice.replace("\\", "").split(",")[0]);
    }

    @Test
    void unknownSystemPropertyAndVariable_areReported() {
        Loaded loaded = ConfigLoader.load(
                null,
                Map.of("inferwatt.http.hots", "x", "other.http.hots", "x"),
                Map.of("INFERWATT_CARBON_ZON", "KR", "INFERWATT", "x"));

        assertThat(loaded.problems())
                .containsExactly(
                        "unknown key 'http.hots' with value 'x' (system property inferwatt.http.hots) is ignored; "
                                + "did you mean http.host?",
                        "unknown key 'INFERWATT_CARBON_ZON' with value 'KR' (environment INFERWATT_CARBON_ZON) is "
                                + "ignored; did you mean INFERWATT_CARBON_ZONE?");
    }

    @Test
    void internalNames_areNotReported() {
        Loaded loaded =
                ConfigLoader.load(null, Map.of("inferwatt.internal.x", "1"), Map.of("INFERWATT_INTERNAL_X", "1"));

        assertThat(loaded.problems()).isEmpty();
    }

    @Test
    void variablesThatKubernetesSetsForServices_areNotOurs() {
        Loaded loaded = ConfigLoader.load(
                null,
                Map.of(),
                Map.of(
                        "INFERWATT_SERVICE_HOST", "10.0.0.1",
                        "INFERWATT_SERVICE_PORT", "9465",
                        "INFERWATT_SERVICE_PORT_METRICS", "9465",
                        "INFERWATT_PORT", "tcp://10.0.0.1:9465",
                        "INFERWATT_PORT_9465_TCP_ADDR", "10.0.0.1",
                        "INFERWATT_HTTP_PORT", "tcp://10.0.0.2:80"));

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.config()).isEqualTo(InferwattConfig.DEFAULTS);
    }

    @Test
    void emptyVariable_isAnUnsetOne() {
        Loaded loaded = ConfigLoader.load(null, Map.of(), Map.of("INFERWATT_HTTP_PORT", " "));

        assertThat(loaded.problems()).isEmpty();
        assertThat(setting(loaded, "http.port").origin()).isEqualTo("default");
    }

    @Test
    void allProblems_areReportedTogether() {
        Loaded loaded = ConfigLoader.load(
                "http.port=x,nonsense,zone=KR",
                Map.of("inferwatt.facility.pue", "0"),
                Map.of("INFERWATT_CONFIG_FILE", "/does/not/exist"));

        assertThat(loaded.problems())
                .hasSize(5)
                .anySatisfy(line -> assertThat(line).startsWith("http.port: 'x'"))
                .anySatisfy(line -> assertThat(line).startsWith("'nonsense' (agent argument) is not key=value"))
                .anySatisfy(line -> assertThat(line).startsWith("unknown key 'zone'"))
                .anySatisfy(line -> assertThat(line).startsWith("facility.pue: '0'"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith(
                                "config.file: '/does/not/exist' (environment INFERWATT_CONFIG_FILE) does not exist"));
    }

    @Test
    void badValueBelowAGoodOne_isReportedAndTheGoodOneCounts() {
        Loaded loaded = ConfigLoader.load("http.port=0", Map.of("inferwatt.http.port", "x"), Map.of());

        assertThat(loaded.config().http().port()).isZero();
        assertThat(loaded.problems())
                .containsExactly(
                        "http.port: 'x' (system property inferwatt.http.port) is not allowed; allowed: a whole "
                                + "number from 0 to 65535; agent argument sets this key anyway");
    }

    @Test
    void keySetTwiceInOneLayer_isReportedAndTheLastCounts() {
        Loaded loaded = arguments("http.port=1,inferwatt.http.port=2");

        assertThat(loaded.config().http().port()).isEqualTo(2);
        assertThat(loaded.problems())
                .containsExactly(
                        "http.port is set twice: '1' (agent argument) is ignored, '2' (agent argument) counts");
    }

    @Test
    void librarySetTwiceInOneLayer_isReportedAndTheLastCounts() {
        Loaded loaded = arguments("instrumentation.a-b.enabled=false,instrumentation.a_b.enabled=true");

        assertThat(loaded.config().instrumentationEnabled("a-b")).isTrue();
        assertThat(loaded.problems())
                .singleElement()
                .asString()
                .startsWith("instrumentation.a-b.enabled is set twice: 'false'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "energy.model.idle=50",
                "energy.model.max=50",
                "energy.model.idle=50,energy.model.max=50",
                "energy.model.idle=50,energy.model.max=20",
                "energy.model.idle=50,energy.model.max=x",
            })
    void endsOfThePowerModel_thatDoNotGoTogetherAreBothDropped(String arguments) {
        Loaded loaded = arguments(arguments + ",energy.model.tdp=100");

        assertThat(loaded.problems())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("energy.model.idle: ")
                        .contains(" does not go with energy.model.max: ", "50.0", "agent argument"));
        assertThat(loaded.config().energy().model().idleWatts()).isEqualTo(OptionalDouble.empty());
        assertThat(loaded.config().energy().model().maxWatts()).isEqualTo(OptionalDouble.empty());
        assertThat(loaded.config().energy().model().tdpWatts()).hasValue(100);
        assertThat(setting(loaded, "energy.model.idle").origin()).isEqualTo("default");
        assertThat(setting(loaded, "energy.model.max").value()).isEmpty();
    }

    @Test
    void libraries_canBeSwitchedOffInEveryLayer() {
        Loaded loaded = ConfigLoader.load(
                "instrumentation.djl.enabled=false",
                Map.of("inferwatt.instrumentation.spring_ai.enabled", "off"),
                Map.of(
                        "INFERWATT_INSTRUMENTATION_SPRING_AI_ENABLED",
                        "true",
                        "INFERWATT_INSTRUMENTATION_X_ENABLED",
                        "?"));

        InferwattConfig config = loaded.config();
        assertThat(config.instrumentationEnabled("djl")).isFalse();
        assertThat(config.instrumentationEnabled("spring-ai")).isFalse();
        assertThat(config.instrumentationEnabled("spring_ai")).isFalse();
        assertThat(config.instrumentationEnabled("x")).isTrue();
        assertThat(config.instrumentationEnabled("onnxruntime")).isTrue();
        assertThat(loaded.problems())
                .singleElement()
                .asString()
                .startsWith("instrumentation.x.enabled: '?' (environment INFERWATT_INSTRUMENTATION_X_ENABLED)");
        assertThat(setting(loaded, "instrumentation.spring-ai.enabled").origin())
                .isEqualTo("system property inferwatt.instrumentation.spring_ai.enabled");
    }

    @Test
    void problem_isOneShortLineWhateverTheValueHolds() {
        Loaded loaded =
                ConfigLoader.load(null, Map.of("inferwatt.http.port", "a\nb\r\u2028" + "x".repeat(100_000)), Map.of());

        assertThat(loaded.problems())
                .singleElement()
                .asString()
                .hasSizeLessThan(400)
                .hasLineCount(1);
    }

    @Test
    void randomText_neverThrows() {
        Random random = new Random(7);
        String alphabet = "ab.=,;:-_ \n\0\"'\\/%09xinferwattINFERWATT_httpport";
        for (int round = 0; round < 2000; round++) {
            Map<String, String> layer = new HashMap<>();
            layer.put("inferwatt." + text(random, alphabet), text(random, alphabet));
            for (SettingKey<?> key : SettingKeys.ALL) {
                layer.put("inferwatt." + key.name(), text(random, alphabet));
            }
            Map<String, String> environment = Map.of("INFERWATT_" + text(random, alphabet), text(random, alphabet));

            Loaded loaded = ConfigLoader.load(text(random, alphabet), layer, environment);

            assertThat(loaded.problems())
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).doesNotContain("\n", "\0"));
        }
    }

    private static String text(Random random, String alphabet) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    @Test
    void settings_holdUtf8FromTheFile(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(folder.resolve("x.properties"), "carbon.zone = Türkiye\n", StandardCharsets.UTF_8);

        assertThat(arguments("config.file=" + file).config().carbon().zone()).contains("Türkiye");
    }

    @Test
    void fileThatCannotBeUsed_isOneProblem(@TempDir Path folder) throws IOException {
        Path latin = Files.write(folder.resolve("latin"), "a=\u00e4".getBytes(StandardCharsets.ISO_8859_1));
        Path escape = Files.writeString(folder.resolve("escape"), "log.file=C:\\user\n");
        Path large = Files.write(folder.resolve("large"), new byte[(1 << 20) + 1]);

        assertThat(arguments("config.file=" + latin).problems())
                .singleElement()
                .asString()
                .contains("is not UTF-8");
        assertThat(arguments("config.file=" + escape).problems())
                .singleElement()
                .asString()
                .contains("is not a properties file");
        assertThat(arguments("config.file=" + large).problems())
                .singleElement()
                .asString()
                .contains("is larger than");
        assertThat(arguments("config.file=" + folder).problems())
                .singleElement()
                .asString()
                .contains("is not a regular file");
    }

    @Test
    void fileThatNamesAFile_isToldSo(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("x"), "config.file=/other\nhttp.port=0\n");

        Loaded loaded = arguments("config.file=" + file);

        assertThat(loaded.problems())
                .containsExactly("config.file: '/other' (file " + file
                        + ") is ignored; allowed as agent argument, system property or environment variable only");
        assertThat(loaded.config().http().port()).isZero();
        assertThat(setting(loaded, "config.file").value()).isEqualTo(file.toString());
    }

    @Test
    void loadedLists_cannotBeChanged() {
        assertThat(arguments("x=1").problems()).isUnmodifiable();
        assertThat(arguments("x=1").settings()).isUnmodifiable();
        assertThat(List.of(arguments("").problems())).containsExactly(List.of());
    }
}
