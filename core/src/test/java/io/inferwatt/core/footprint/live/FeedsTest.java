package io.inferwatt.core.footprint.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.core.config.InferwattConfig.Carbon;
import io.inferwatt.core.footprint.CarbonIntensity;
import io.inferwatt.core.footprint.CarbonIntensitySource;
import io.inferwatt.core.testservers.WireServer;
import io.inferwatt.core.testservers.WireServer.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words that each feed is asked in and answers in, over real connections and files. */
class FeedsTest {

    private static final String TABLE = "417.06 KR table";

    private final WireServer server = new WireServer();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        server.close();
    }

    private static Reply moer(String value, String units, String region, String signal) {
        return Reply.json("{\"data\":[{\"point_time\":\"2026-11-30T08:00:00+00:00\",\"value\":" + value
                + "}],\"meta\":{\"region\":\"" + region + "\",\"signal_type\":\"" + signal + "\",\"units\":\"" + units
                + "\",\"model\":{\"date\":\"2023-03-01\"}}}");
    }

    private static Reply moer(String value) {
        return moer(value, "lbs_co2_per_mwh", "CAISO_NORTH", "co2_moer");
    }

    @Test
    void wattTime_logsInOnceAndAgainWhenItsTokenIsOver() {
        FeedBench bench = new FeedBench(new WattTime(), "CAISO_NORTH", server.address());
        server.answer(
                Reply.json("{\"token\":\"one\"}"),
                moer("1000"),
                moer("500"),
                Reply.json(401, "{}"),
                Reply.json("{\"token\":\"two\"}"),
                moer("250"));

        assertThat(bench.ask()).isEqualTo("453.59237 CAISO_NORTH watttime-marginal");
        assertThat(bench.ask()).isEqualTo("226.796185 CAISO_NORTH watttime-marginal");
        assertThat(bench.ask()).isEqualTo("113.3980925 CAISO_NORTH watttime-marginal");

        assertThat(bench.warnings).isEmpty();
        assertThat(bench.live.findings())
                .anySatisfy(line -> assertThat(line).contains("marginal, not a mean"))
                .hasSize(2);
        String basic = Base64.getEncoder().encodeToString(FeedBench.SECRET.getBytes(StandardCharsets.UTF_8));
        assertThat(server.requests())
                .extracting(request -> request.uri().getPath() + " "
                        + request.headers().get("Authorization").get(0))
                .containsExactly(
                        "/login Basic " + basic,
                        "/v3/forecast Bearer one",
                        "/v3/forecast Bearer one",
                        "/v3/forecast Bearer one",
                        "/login Basic " + basic,
                        "/v3/forecast Bearer two");
        assertThat(server.requests().get(1).uri().getQuery())
                .isEqualTo("region=CAISO_NORTH&signal_type=co2_moer&horizon_hours=0");
    }

    @Test
    void wattTimeThatRefusesTheLogin_isAskedSlowly() {
        FeedBench bench = new FeedBench(new WattTime(), "CAISO_NORTH", server.address());
        server.answer(Reply.json(403, "no"));

        assertThat(bench.live.refresh()).isEqualTo(Duration.ofMinutes(30));
        assertThat(bench.inForce()).isEqualTo(TABLE);
        assertThat(bench.warnings).singleElement().asString().contains("status 403");
    }

    @ParameterizedTest
    @CsvSource({
        "index,CAISO_NORTH,co2_moer",
        "lbs_co2_per_mwh,PJM,co2_moer",
        "lbs_co2_per_mwh,CAISO_NORTH,health_damage",
    })
    void wattTimeThatTellsSomethingElse_isRefused(String units, String region, String signal) {
        FeedBench bench = new FeedBench(new WattTime(), "CAISO_NORTH", server.address());
        server.answer(Reply.json("{\"token\":\"one\"}"), moer("1000", units, region, signal));

        assertThat(bench.ask()).isEqualTo(TABLE);
        assertThat(bench.warnings).singleElement().asString().contains("another ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"token\":\"a\\nb\"}", "{\"token\":7,\"data\":[]}"})
    void wattTimeWithAnOddToken_isRefused(String login) {
        FeedBench bench = new FeedBench(new WattTime(), "CAISO_NORTH", server.address());
        server.answer(Reply.json(login), Reply.json("{\"data\":[],\"meta\":{}}"));

        assertThat(bench.ask()).isEqualTo(TABLE);
        assertThat(bench.warnings).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"263,263.0", "null,266.0"})
    void greatBritain_tellsTheActualFigureElseTheForecast(String actual, String grams) {
        FeedBench bench = new FeedBench(new UkGrid(), "", server.address());
        server.answer(Reply.json("{\"data\":[{\"from\":\"2026-11-30T08:00Z\",\"to\":\"2026-11-30T08:30Z\","
                + "\"intensity\":{\"forecast\":266,\"actual\":" + actual + ",\"index\":\"moderate\"}}]}"));

        assertThat(bench.ask()).isEqualTo(grams + " GB uk");
        assertThat(bench.live.current().citation()).contains("combustion", "CC BY 4.0", "2026-11-30T08:00Z");
        assertThat(bench.live.findings()).anySatisfy(line -> assertThat(line).contains("combustion alone"));
        assertThat(server.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.uri()).hasToString("/intensity"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":[]}", "{\"data\":{}}", "{\"data\":[7]}", "{\"data\":[{\"intensity\":7}]}"})
    void greatBritainWithoutAFigure_isRefused(String body) {
        FeedBench bench = new FeedBench(new UkGrid(), "", server.address());
        server.answer(Reply.json(body));
        assertThat(bench.ask()).isEqualTo(TABLE);
    }

    @Test
    void file_isReadAnewEachTime() throws Exception {
        Path file = Files.writeString(folder.resolve("grid"), " 301.5\n");
        FeedBench bench = new FeedBench(new OperatorFile(), "KR", file.toString());
        assertThat(bench.ask()).isEqualTo("301.5 KR file");
        Files.writeString(file, "{\"gramsPerKwh\":12,\"zone\":\"kr\",\"citation\":\"our meter\"}");
        assertThat(bench.ask()).isEqualTo("12.0 kr file");
        assertThat(bench.live.current().citation()).endsWith("grid: our meter");
        Files.delete(file);
        assertThat(bench.ask()).isEqualTo("12.0 kr file");
        assertThat(bench.warnings).singleElement().asString().contains("cannot be read (NoSuchFileException)");
        Files.writeString(file, "13");
        assertThat(bench.ask()).isEqualTo("13.0 KR file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "many",
                "NaN",
                "-3",
                "2001",
                "{\"grams\":12}",
                "{\"gramsPerKwh\":12,\"zone\":\"DE\"}",
                "{\"gramsPerKwh\":12,\"validFrom\":\"tomorrow\"}",
                "{\"gramsPerKwh\":12,\"validUntil\":\"tomorrow\"}",
                "{\"gramsPerKwh\":12,\"validUntil\":[]}",
                "{\"gramsPerKwh\":12,\"validUntil\":\"1999-12-31T23:59:59Z\"}",
            })
    void fileThatCannotBeTrue_isRefused(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("grid"), text);
        FeedBench bench = new FeedBench(new OperatorFile(), "KR", file.toString());
        assertThat(bench.ask()).isEqualTo(TABLE);
        assertThat(bench.warnings).hasSize(1);
    }

    @Test
    void fileThatIsNoText_isRefused() throws Exception {
        Path file = Files.write(folder.resolve("grid"), new byte[100_000]);
        FeedBench bench = new FeedBench(new OperatorFile(), "KR", file.toString());
        assertThat(bench.ask()).isEqualTo(TABLE);
        assertThat(bench.warnings).singleElement().asString().contains("larger than 65536 bytes");
    }

    @Test
    void figureThatBeginsLater_isNoFailureAndWaitsForItsTimeWhereverTheClockJumps() throws Exception {
        MovedClock clock = new MovedClock();
        Path file = Files.writeString(folder.resolve("grid"), "300");
        FeedBench bench = new FeedBench(new OperatorFile(clock), "", file.toString());
        assertThat(bench.ask()).isEqualTo("300.0 configured file");
        Files.writeString(file, "{\"gramsPerKwh\":100,\"zone\":\"KR\",\"validFrom\":\"2026-11-30T12:00:00+01:00\"}");

        clock.now = Instant.parse("2026-11-30T10:59:59Z");
        assertThat(bench.live.refresh()).isEqualTo(Duration.ofMinutes(5));
        assertThat(bench.inForce()).isEqualTo("300.0 configured file");
        clock.now = Instant.parse("2026-11-30T11:00:00Z");
        assertThat(bench.ask()).isEqualTo("100.0 KR file");
        clock.now = Instant.parse("1970-01-01T00:00:00Z");
        assertThat(bench.ask()).isEqualTo("100.0 KR file");
        assertThat(bench.warnings).isEmpty();
        assertThat(bench.live.described().feed().failures()).isZero();
    }

    @Test
    void figureThatHasEnded_isInForceForSixHoursMore() throws Exception {
        MovedClock clock = new MovedClock();
        clock.now = Instant.parse("2026-11-30T10:59:59Z");
        Path file = Files.writeString(
                folder.resolve("grid"), "{\"gramsPerKwh\":100,\"validUntil\":\"2026-11-30T12:00:00+01:00\"}");
        FeedBench bench = new FeedBench(new OperatorFile(clock), "KR", file.toString());
        assertThat(bench.ask()).isEqualTo("100.0 KR file");
        clock.now = Instant.parse("2026-11-30T11:00:00Z");
        assertThat(bench.ask()).isEqualTo("100.0 KR file");
        assertThat(bench.warnings).singleElement().asString().contains("held until 2026-11-30T11:00:00Z");
        bench.pass(Duration.ofHours(6).plusMillis(1));
        assertThat(bench.ask()).isEqualTo(TABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GB", "gb", "UK", "GBR", "United Kingdom"})
    void greatBritain_answersToItsNames(String zone) {
        FeedBench bench = new FeedBench(new UkGrid(), zone, server.address());
        server.answer(Reply.json("{\"data\":[{\"intensity\":{\"actual\":200}}]}"));
        assertThat(bench.ask()).isEqualTo("200.0 GB uk");
    }

    @Test
    void page_isReadLikeAFile() {
        server.answer(Reply.json("301.5"), Reply.json("<html>"));
        FeedBench bench = new FeedBench(new OperatorFile(), "KR", server.address() + "/grid?token=" + "Password");
        assertThat(bench.ask()).isEqualTo("301.5 KR file");
        assertThat(bench.ask()).isEqualTo("301.5 KR file");
        assertThat(server.requests().get(0).uri()).hasToString("/grid?token=Password");
    }

    @ParameterizedTest
    @CsvSource({
        "electricity-maps,'','',carbon.zone is not set",
        "watttime,'','',carbon.zone is not set",
        "electricity-maps,KR,ftp://x,carbon.url is no URL",
        "electricity-maps,KR,not a url,carbon.url is no URL",
        "uk,'',nohost:,carbon.url is no URL",
        "uk,DE,'','it knows Great Britain only, and carbon.zone is DE'",
        "uk,Atlantis,'','it knows Great Britain only, and carbon.zone is Atlantis'",
        "file,KR,'',carbon.url is not set",
        "file,KR,ftp://x/y,carbon.url is no URL",
        "tea-leaves,KR,'','there is no such source; allowed: table, electricity-maps, watttime, uk, file'",
    })
    void settingsThatDoNotDo_areToldAndTheTableIsUsed(String source, String zone, String url, String why) {
        LiveSources.Choice choice = choose(FeedBench.carbon(source, zone, url));
        assertThat(choice.live()).isNull();
        assertThat(choice.findings())
                .singleElement()
                .asString()
                .startsWith("carbon.source=" + source + ": ")
                .contains(why)
                .endsWith("the table is used");
    }

    @ParameterizedTest
    @CsvSource({"electricity-maps,KR,''", "watttime,PJM,''", "uk,'',''", "file,'',/tmp/x", "file,KR,https://x.example/y"
    })
    void settingsThatDo_giveALiveSource(String source, String zone, String url) {
        LiveSources.Choice choice = choose(FeedBench.carbon(source, zone, url));
        assertThat(choice.live()).isNotNull();
        assertThat(choice.findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"electricity-maps", "watttime"})
    void noKeyAnywhere_isToldAtOnce(String source) {
        CarbonIntensity korea = new CarbonIntensity(417.06, "KR", "table", "Ember", OptionalInt.of(2025));
        LiveSources.Choice choice = LiveSources.of(
                FeedBench.carbon(source, "KR", ""), CarbonIntensitySource.fixed(korea), Map.of(), warning -> {});
        assertThat(choice.live()).isNull();
        assertThat(choice.findings())
                .singleElement()
                .asString()
                .contains("there is no key; set carbon.key_file", FeedKey.VARIABLE, "the table is used");
    }

    @Test
    void figureInTheSettings_leavesNobodyToAsk() {
        Carbon plain = FeedBench.carbon("uk", "", "");
        LiveSources.Choice choice = choose(new Carbon(
                plain.zone(),
                OptionalDouble.of(100),
                plain.region(),
                plain.source(),
                plain.url(),
                plain.keyFile(),
                plain.refresh(),
                plain.marketGramsPerKwh()));
        assertThat(choice.live()).isNull();
        assertThat(choice.findings()).singleElement().asString().contains("since carbon.intensity is set");
    }

    @Test
    void feedOfOneCountry_givesItsZoneWhereTheSettingsNameNone() {
        assertThat(LiveSources.placed(FeedBench.carbon("uk", "", "")).zone()).hasValue("GB");
        assertThat(LiveSources.placed(FeedBench.carbon("uk", "IE", "")).zone()).hasValue("IE");
        assertThat(LiveSources.placed(FeedBench.carbon("file", "", "x")).zone()).isEmpty();
        assertThat(LiveSources.placed(FeedBench.carbon("table", "", "")).zone()).isEmpty();
    }

    @Test
    void wattTimeKeyWithoutPassword_saysWhatFormItNeeds() {
        IntensityFeed.Settings settings = new IntensityFeed.Settings(
                Optional.of("PJM"),
                Optional.of(server.address()),
                new FeedKey(Optional.empty(), Map.of(FeedKey.VARIABLE, "s3cr3t")));
        assertThatThrownBy(() -> new WattTime().open(settings).ask())
                .hasMessageContaining("user:password")
                .hasMessageNotContaining("s3cr3t");
        assertThat(server.requests()).isEmpty();
    }

    private static LiveSources.Choice choose(Carbon carbon) {
        List<String> warnings = new ArrayList<>();
        CarbonIntensity korea = new CarbonIntensity(417.06, "KR", "table", "Ember", OptionalInt.of(2025));
        return LiveSources.of(
                carbon, CarbonIntensitySource.fixed(korea), Map.of(FeedKey.VARIABLE, FeedBench.SECRET), warnings::add);
    }

    private static final class MovedClock extends Clock {

        Instant now = Instant.parse("2026-11-30T08:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
