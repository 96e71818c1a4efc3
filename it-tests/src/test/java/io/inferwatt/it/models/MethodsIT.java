package io.inferwatt.it.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.facade.MeteredCall;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import io.inferwatt.it.jvm.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of {@code docs/methods.md}, compiled as they stand there and run with the settings that it shows. */
class MethodsIT {

    private static final Path PAGE = Path.of("..", "docs", "methods.md");
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern FILE = Pattern.compile("// (\\S+\\.java)\\n");
    private static final String REQUESTS = "inferwatt_requests_total";
    private static final String ITEMS = "inferwatt_items_total";

    private static final String SHOP = """
            import com.acme.*;
            import java.util.List;

            public class Shop {
                public static void main(String[] arguments) throws Exception {
                    new Scorer("scorer-7").score("Ada", new double[3][4]);
                    new Scorer("scorer-8").score("Ada", new double[5][4]);
                    System.out.println(new Forecast().tomorrow(100).get() > 100);
                    new Batcher().runBatch(List.of("one", "two", "three", "four"));
                    System.out.println(new Ranking().best(new double[] {1, 3, 2}));
                    Metering.run("told-in-code", () -> new Scorer("inside").score("Ada", new double[1][1]));
                    try {
                        Metering.run("failing", () -> { throw new IllegalStateException("application's own"); });
                    } catch (IllegalStateException seen) {
                        System.out.println(seen.getMessage());
                    }
                    while (System.in.read() >= 0) {}
                }
            }
            """;

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void examples_areMeteredAsThePageSays(Path java) throws Exception {
        Path settings =
                Files.writeString(folder.resolve("inferwatt.properties"), String.join("\n", blocks("properties")));
        try (AgentRun run =
                shop(java).agent("http.port=0", "config.file=" + settings).main("Shop")) {
            MetricsPage page = Endpoint.of(run).await("all calls", metrics -> metrics.sum(REQUESTS) == 10);

            assertThat(page.sum(ITEMS, "model=\"scorer-7\"")).isEqualTo(3);
            assertThat(page.sum(ITEMS, "model=\"scorer-8\"")).isEqualTo(5);
            assertThat(page.sum(REQUESTS, "model=\"forecast-small\"", "outcome=\"ok\""))
                    .isOne();
            assertThat(page.sum(REQUESTS, "model=\"ranker\"")).isEqualTo(4);
            assertThat(page.sum(ITEMS, "model=\"ranker\"")).isEqualTo(4);
            assertThat(page.sum(ITEMS, "model=\"ranking-v2\"")).isEqualTo(3);
            assertThat(page.sum(REQUESTS, "model=\"told-in-code\"", "outcome=\"ok\""))
                    .isOne();
            assertThat(page.sum(REQUESTS, "model=\"inside\""))
                    .as("part of the one around it")
                    .isZero();
            assertThat(page.sum(REQUESTS, "model=\"failing\"", "outcome=\"error\""))
                    .isOne();
            assertThat(page.text()).doesNotContain("Ada");
            assertEnded(run);
            assertThat(run.err()).containsExactly(run.awaitErr("is metering"));
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void examples_withoutTheAgent_doTheSame(Path java) throws Exception {
        try (AgentRun run = shop(java).main("Shop")) {
            assertEnded(run);
            assertThat(run.err()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void entriesThatAreWrong_costOneLineEach(Path java) throws Exception {
        try (AgentRun run = shop(java)
                .agent("http.port=0", "methods=com.acme.Scorer#rank;Scorer;com.acme.Scorer#score:model=size()")
                .main("Shop")) {
            MetricsPage page = Endpoint.of(run).await("all calls", metrics -> metrics.sum(REQUESTS) == 5);

            assertThat(page.sum(REQUESTS, "model=\"Scorer.score\"")).isEqualTo(2);
            assertEnded(run);
            assertThat(run.err())
                    .hasSize(4)
                    .contains("inferwatt: WARN methods: com.acme.Scorer declares no method 'rank' as in"
                            + " 'com.acme.Scorer#rank' that is neither abstract nor native; it is not metered")
                    .anyMatch(line -> line.startsWith("inferwatt: WARN methods: 'Scorer' is not understood; allowed: "))
                    .anyMatch(
                            line -> line.startsWith("inferwatt: WARN methods: the model of com.acme.Scorer#score is not"
                                    + " told by size() of com.acme.Scorer (java.lang.NoSuchMethodException"));
        }
    }

    @Test
    void page_showsSettingsAndSources() throws Exception {
        assertThat(blocks("properties")).hasSize(1);
        assertThat(blocks("java"))
                .hasSize(6)
                .allMatch(block -> FILE.matcher(block).lookingAt());
    }

    private Launch shop(Path java) throws IOException {
        Sources sources = Sources.in(folder).add("Shop.java", SHOP);
        for (String block : blocks("java")) {
            Matcher file = FILE.matcher(block);
            assertThat(file.find()).isTrue();
            sources.add(file.group(1), block);
        }
        Path core = Launch.whereIs(MeteredCall.class);
        return Launch.bare(java).classPath(sources.compile("-cp", core.toString()), core);
    }

    private static void assertEnded(AgentRun run) throws Exception {
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).containsExactly("true", "1", "application's own");
    }

    private static List<String> blocks(String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(PAGE));
        while (matcher.find()) {
            if (matcher.group(1).equals(language)) {
                blocks.add(matcher.group(2));
            }
        }
        return blocks;
    }
}
