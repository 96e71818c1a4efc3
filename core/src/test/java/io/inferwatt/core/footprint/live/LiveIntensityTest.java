package io.inferwatt.core.footprint.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.footprint.CarbonIntensity.Feed;
import io.inferwatt.core.testservers.RawServer;
import io.inferwatt.core.testservers.WireServer;
import io.inferwatt.core.testservers.WireServer.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad days of a server that tells the intensity: at each step a figure is in force, and its label says whose. */
class LiveIntensityTest {

    private static final String TABLE = "417.06 KR table";
    private static final String LIVE = "302.0 KR electricity-maps";

    private final WireServer server = new WireServer();
    private final FeedBench bench = new FeedBench(new ElectricityMaps(), "KR", server.address());

    @AfterEach
    void close() {
        server.close();
    }

    private static Reply figure(String number) {
        return Reply.json("{\"zone\":\"KR\",\"carbonIntensity\":" + number
                + ",\"datetime\":\"2026-11-30T08:00:00Z\",\"emissionFactorType\":\"lifecycle\",\"isEstimated\":true}");
    }

    private Feed feed() {
        return Objects.requireNonNull(bench.live.described().feed());
    }

    @Test
    void beforeTheFirstAnswer_theTableIsInForce() {
        assertThat(bench.inForce()).isEqualTo(TABLE);
        assertThat(feed()).isEqualTo(new Feed("electricity-maps", "", "", Double.NaN, 0));
        assertThat(bench.live.findings())
                .containsExactly(
                        "carbon.source=electricity-maps: is asked while a meter runs, at 127.0.0.1:" + server.port()
                                + "; it has told no figure yet, so that of the table or the settings is in force");
    }

    @Test
    void answer_isInForceWithItsAge() {
        server.answer(figure("302"));
        assertThat(bench.ask()).isEqualTo(LIVE);
        bench.pass(Duration.ofSeconds(90));

        assertThat(feed()).isEqualTo(new Feed("electricity-maps", "KR", "electricity-maps", 90, 0));
        assertThat(bench.live.current().citation())
                .isEqualTo("Electricity Maps, mean of consumption, lifecycle, estimated, hour of 2026-11-30T08:00:00Z");
        assertThat(bench.live.findings())
                .containsExactly(
                        "carbon.source=electricity-maps: 302.0 g CO2e/kWh of zone KR is in force, 90 s old; it "
                                + "wins over the table; Electricity Maps, mean of consumption, lifecycle, estimated, hour of "
                                + "2026-11-30T08:00:00Z");
        assertThat(bench.warnings).isEmpty();
        assertThat(server.requests()).singleElement().satisfies(request -> {
            assertThat(request.uri()).hasToString("/v3/carbon-intensity/latest?zone=KR");
            assertThat(request.headers().get("Auth-token")).containsExactly(FeedBench.SECRET);
        });
    }

    private static Reply hourOf(String time) {
        return Reply.json("{\"zone\":\"KR\",\"carbonIntensity\":302,\"datetime\":\"" + time + "\"}");
    }

    @Test
    void figureOfAnEarlierHour_isAsOldAsThat() {
        server.answer(hourOf("2026-11-30T06:30:00Z"));
        assertThat(bench.ask()).isEqualTo(LIVE);
        assertThat(feed().ageSeconds()).isEqualTo(5400);
        bench.pass(Duration.ofMinutes(270));
        assertThat(bench.inForce()).isEqualTo(LIVE);
        bench.pass(Duration.ofMillis(1));
        assertThat(bench.inForce()).isEqualTo(TABLE);
    }

    @Test
    void serverThatRepeatsAnOldFigure_isTakenForSilent() {
        server.answer(hourOf("2026-11-30T08:00:00Z"));
        for (int hour = 0; hour <= 6; hour++) {
            assertThat(bench.ask()).isEqualTo(LIVE);
            bench.pass(Duration.ofHours(1));
        }
        assertThat(bench.ask()).isEqualTo(TABLE);
        assertThat(bench.warnings)
                .singleElement()
                .asString()
                .contains("tells a figure of 2026-11-30T08:00:00Z, more than 6 hours ago", TABLE_IN_WORDS);
        assertThat(feed().failures()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-30T09:00:00Z", "2031-01-01T00:00:00Z", "some time", "2026-11-30T08:00:00"})
    void figureOfATimeToComeOrOfNone_isAsOldAsTheAsking(String time) {
        server.answer(hourOf(time));
        assertThat(bench.ask()).isEqualTo(LIVE);
        assertThat(feed().ageSeconds()).isZero();
    }

    @Test
    void serverThatGoesAndComesBack_leavesItsFigureForSixHoursThenTheTable() {
        server.answer(
                figure("302"),
                Reply.json(500, "{}"),
                Reply.json(500, "{}"),
                Reply.json(500, "{}"),
                hourOf("2026-11-30T14:00:00.001Z"));
        assertThat(bench.ask()).isEqualTo(LIVE);
        bench.pass(Duration.ofHours(6));
        assertThat(bench.ask()).isEqualTo(LIVE);
        bench.pass(Duration.ofMillis(1));
        assertThat(bench.ask()).isEqualTo(TABLE);
        assertThat(feed()).isEqualTo(new Feed("electricity-maps", "KR", "electricity-maps", 21_600.001, 2));
        assertThat(bench.ask()).isEqualTo(TABLE);
        assertThat(bench.ask()).isEqualTo(LIVE);

        assertThat(feed()).isEqualTo(new Feed("electricity-maps", "KR", "electricity-maps", 0, 3));
        assertThat(bench.warnings).hasSize(2);
        assertThat(bench.warnings.get(0))
                .contains("answers with status 500", "its latest figure, 302.0 g/kWh of zone KR", "up to 6 hours");
        assertThat(bench.warnings.get(1)).contains("417.06 g/kWh of zone KR (table) is used until it tells a figure");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void keyThatIsNotAccepted_isToldOnceAndTriedSlowly(int status) {
        server.answer(Reply.json(status, "{\"message\":\"no access for " + FeedBench.SECRET + "\"}"));
        assertThat(bench.live.refresh()).isEqualTo(Duration.ofMinutes(30));
        assertThat(bench.live.refresh()).isEqualTo(Duration.ofMinutes(30));

        assertThat(bench.inForce()).isEqualTo(TABLE);
        assertThat(bench.warnings)
                .singleElement()
                .asString()
                .contains("does not accept the key (status " + status + "); check that it is right", TABLE_IN_WORDS);
        server.answer(figure("302"));
        assertThat(bench.ask()).isEqualTo(LIVE);
    }

    private static final String TABLE_IN_WORDS = "417.06 g/kWh of zone KR (table) is used until it tells a figure";

    @Test
    void tooManyRequests_areFollowedByTheWaitThatTheServerAsksFor() {
        server.answer(Reply.json(429, "{}").withHeader("Retry-After", "1234"));
        assertThat(bench.live.refresh()).isEqualTo(Duration.ofSeconds(1234));
        server.answer(Reply.json(429, "{}").withHeader("Retry-After", "999999999"));
        assertThat(bench.live.refresh()).isEqualTo(Duration.ofDays(1));
        server.answer(figure("302"));
        assertThat(bench.live.refresh()).isEqualTo(Duration.ofMinutes(5));
        assertThat(bench.inForce()).isEqualTo(LIVE);
    }

    @Test
    void failures_areFollowedByEverLongerWaits() {
        server.answer(Reply.json(500, "oops"));
        List<Duration> waits =
                IntStream.range(0, 12).mapToObj(i -> bench.live.refresh()).toList();
        assertThat(waits)
                .startsWith(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(40))
                .endsWith(Duration.ofMinutes(30), Duration.ofMinutes(30));
        assertThat(bench.warnings).hasSize(1);
        assertThat(feed().failures()).isEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "42",
                "{",
                "<html><body>Sign in to the hotel's network</body></html>",
                "{\"zone\":\"KR\"}",
                "{\"zone\":\"KR\",\"carbonIntensity\":null}",
                "{\"zone\":\"KR\",\"carbonIntensity\":\"302\"}",
                "{\"zone\":\"KR\",\"carbonIntensity\":[302]}",
                "{\"zone\":\"KR\",\"carbonIntensity\":NaN}",
                "{\"zone\":\"KR\",\"carbonIntensity\":-1}",
                "{\"zone\":\"KR\",\"carbonIntensity\":2000.5}",
                "{\"zone\":\"KR\",\"carbonIntensity\":1e400}",
                "{\"zone\":\"DE\",\"carbonIntensity\":302}",
                "{\"carbonIntensity\":302}",
                "{\"zone\":[],\"carbonIntensity\":302}",
            })
    void answerThatCannotBeTrue_isRefusedAndToldOnce(String body) {
        server.answer(figure("302"), Reply.json(body));
        assertThat(bench.ask()).isEqualTo(LIVE);
        bench.pass(Duration.ofHours(1));
        assertThat(bench.ask()).isEqualTo(LIVE);
        assertThat(bench.ask()).isEqualTo(LIVE);

        assertThat(feed()).isEqualTo(new Feed("electricity-maps", "KR", "electricity-maps", 3600, 2));
        assertThat(bench.warnings).singleElement().asString().contains("302.0 g/kWh of zone KR");
        assertThat(bench.live.findings()).hasSize(2);
    }

    @Test
    void nestingWithoutEnd_isRefused() {
        server.answer(Reply.json("{\"a\":".repeat(100_000)));
        assertThat(bench.ask()).isEqualTo(TABLE);
        assertThat(bench.warnings).hasSize(1);
    }

    @Test
    void cleanGrid_isAFigure() {
        server.answer(figure("0"));
        assertThat(bench.ask()).isEqualTo("0.0 KR electricity-maps");
    }

    /** All at once, since each of them takes the whole time limit. */
    @Test
    @Timeout(60)
    void serversThatStallOrDrip_areGivenUpInTime() {
        try (RawServer silent = RawServer.silent();
                RawServer headers = RawServer.dripping("HTTP/1.1 200 OK\r\nX: ", "a");
                RawServer body = RawServer.dripping("HTTP/1.1 200 OK\r\n\r\n{\"a\":\"", "a")) {
            CompletableFuture<?>[] all = Stream.of(silent, headers, body)
                    .map(slow ->
                            CompletableFuture.runAsync(() -> assertGivenUp(slow), task -> new Thread(task).start()))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(all).join();
        }
    }

    private static void assertGivenUp(RawServer slow) {
        FeedBench stalled =
                new FeedBench(new ElectricityMaps(), "KR", slow.uri().toString());
        assertThat(stalled.ask()).isEqualTo(TABLE);
        assertThat(stalled.warnings)
                .singleElement()
                .asString()
                .contains("does not answer (SocketTimeoutException", TABLE_IN_WORDS);
    }

    @Test
    void nobodyThere_isToldAndTriedAgain() {
        FeedBench nobody = new FeedBench(new ElectricityMaps(), "KR", "http://127.0.0.1:1");
        assertThat(nobody.live.refresh()).isEqualTo(Duration.ofSeconds(10));
        assertThat(nobody.inForce()).isEqualTo(TABLE);
        assertThat(nobody.warnings)
                .singleElement()
                .asString()
                .contains("127.0.0.1:1 does not answer (ConnectException");
    }

    @Test
    void clockThatJumpsBack_makesNoAgeNegativeAndTheFigureHolds() {
        server.answer(figure("302"));
        assertThat(bench.ask()).isEqualTo(LIVE);
        bench.pass(Duration.ofHours(-3));
        assertThat(bench.inForce()).isEqualTo(LIVE);
        assertThat(feed().ageSeconds()).isZero();
    }

    @Test
    void feedThatThrows_costsNothingButItsFigure() {
        IntensityFeed broken = new IntensityFeed() {
            @Override
            public String id() {
                return "broken";
            }

            @Override
            public Asked open(Settings settings) {
                return new Asked() {
                    @Override
                    public String where() {
                        return "nowhere";
                    }

                    @Override
                    public Told ask() {
                        throw new IllegalStateException("with " + FeedBench.SECRET);
                    }
                };
            }
        };
        FeedBench bad = new FeedBench(broken, "KR", "");
        assertThat(bad.ask()).isEqualTo(TABLE);
        assertThat(bad.warnings).singleElement().asString().contains("asking failed with IllegalStateException");
    }
}
