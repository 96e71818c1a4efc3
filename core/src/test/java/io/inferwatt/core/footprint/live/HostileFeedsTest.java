package io.inferwatt.core.footprint.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.fuzz.Fuzz;
import io.inferwatt.core.fuzz.HostileTree;
import io.inferwatt.core.fuzz.Mangler;
import io.inferwatt.core.fuzz.OneLine;
import io.inferwatt.core.testservers.WireServer;
import io.inferwatt.core.testservers.WireServer.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What feeds tell, and what operators keep in files, damaged. A figure is a possible one, or that of the table stays in force. */
@Timeout(3600)
class HostileFeedsTest {

    private static final String FILE =
            "{\"gramsPerKwh\": 212.5, \"zone\": \"KR\", \"validFrom\": \"2026-11-30T07:00:00Z\","
                    + " \"validUntil\": \"2026-12-30T08:00:00+01:00\", \"citation\": \"the operator\"}";

    private static final String MAPS =
            "{\"zone\":\"KR\",\"carbonIntensity\":302,\"datetime\":\"2026-11-30T08:00:00.000Z\","
                    + "\"emissionFactorType\":\"lifecycle\",\"isEstimated\":true}";

    private static final String UK = "{\"data\":[{\"from\":\"2026-11-30T07:30Z\",\"to\":\"2026-11-30T08:00Z\","
            + "\"intensity\":{\"forecast\":266,\"actual\":263,\"index\":\"moderate\"}}]}";

    private static final String WATT_TIME =
            "{\"token\":\"abc\",\"data\":[{\"point_time\":\"2026-11-30T08:00:00+00:00\","
                    + "\"value\":870.0}],\"meta\":{\"region\":\"KR\",\"signal_type\":\"co2_moer\",\"units\":\"lbs_co2_per_mwh\"}}";

    @TempDir
    Path folder;

    private static void check(FeedBench bench) {
        bench.ask();
        assertThat(bench.live.current().gramsPerKwh()).isBetween(0.0, 2000.0);
        OneLine.check(bench.warnings);
        OneLine.check(bench.live.findings());
        OneLine.check(bench.live.current().zone());
        OneLine.check(bench.live.current().citation());
    }

    @Test
    void operatorsFile() {
        Path file = folder.resolve("intensity.json");
        Fuzz.of("operator's file of intensity", 500).run(mangler -> {
            Files.write(file, mangler.file(mangler.onceIn(4) ? "212.5\n" : FILE));
            check(new FeedBench(new OperatorFile(), "", file.toString()));
        });
    }

    @Test
    void operatorsFile_thatIsAnotherKindOfFile() {
        Fuzz.of("operator's file of another kind", 60).run(mangler -> {
            Path root = Files.createDirectories(folder.resolve("kinds"));
            Path file = Files.writeString(root.resolve("intensity.json"), FILE);
            HostileTree.damage(root, mangler);
            check(new FeedBench(new OperatorFile(), "", file.toString()));
            HostileTree.delete(root);
        });
    }

    @Test
    void answersOfServices() {
        try (WireServer server = new WireServer()) {
            Fuzz.of("answers of intensity services", 300).run(mangler -> {
                IntensityFeed feed = mangler.oneOf(new ElectricityMaps(), new UkGrid(), new WattTime());
                String valid = feed instanceof UkGrid ? UK : feed instanceof WattTime ? WATT_TIME : MAPS;
                server.answer(reply(valid, mangler), reply(valid, mangler), reply(valid, mangler));
                check(new FeedBench(feed, feed instanceof UkGrid ? "GB" : "KR", server.address()));
            });
            server.answer(Reply.json(MAPS));
            assertThat(new FeedBench(new ElectricityMaps(), "KR", server.address()).ask())
                    .startsWith("302.0 KR");
        }
    }

    private static Reply reply(String valid, Mangler mangler) {
        String body = mangler.onceIn(3) ? valid : mangler.text(valid);
        int status = mangler.onceIn(6) ? mangler.oneOf(400, 401, 403, 404, 429, 500, 503, 204, 301) : 200;
        Reply reply = status == 200 ? Reply.json(body) : Reply.json(status, status == 204 ? "" : body);
        return mangler.onceIn(6) ? reply.withHeader("Retry-After", headerValue(mangler)) : reply;
    }

    private static String headerValue(Mangler mangler) {
        return mangler.oneOf(
                mangler.number(), "Mon, 30 Nov 2026 08:00:00 GMT", "-5", "99999999999999999999", "soon", "0x10");
    }

    @Test
    void keys() {
        Path file = folder.resolve("key");
        Fuzz.of("key files", 300).run(mangler -> {
            Files.write(file, mangler.file("s3cr3t-Key"));
            try {
                String key = new FeedKey(Optional.of(file), Map.of()).read();
                assertThat(key.chars()).allMatch(c -> c >= ' ' && c <= '~');
            } catch (FeedException e) {
                OneLine.check(List.of(String.valueOf(e.getMessage())));
                assertThat(e).hasMessageNotContaining("s3cr3t");
            }
        });
    }
}
