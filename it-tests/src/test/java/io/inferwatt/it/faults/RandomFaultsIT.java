package io.inferwatt.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtSession;
import io.inferwatt.core.facade.MeteredCall;
import io.inferwatt.it.app.Answering;
import io.inferwatt.it.app.Answering.Kind;
import io.inferwatt.it.app.MoodyQuestion;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.BookWatch;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Holdings;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Everything breaks at once and at random, under load. {@code -Dfaults.seed} sets the seed, {@code -Dfaults.seconds} the time. It runs on the
 * JDK of the build alone, since it takes so long.
 */
@Isolated
class RandomFaultsIT {

    private static final long SEED = Long.getLong("faults.seed", 20_261_130L);
    private static final long SECONDS = Long.getLong("faults.seconds", 20L);

    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    private static final int THREADS = 4;
    private static final int WARM_CALLS = 300;
    private static final int LAST_CALLS = 200;
    private static final long PAUSE_MICROS = 2000;

    /** Below the ten errors in a minute that switch the metering of a library off. */
    private static final int FEW_ODD_CALLS = 4;

    private static final int MANY_ODD_CALLS = 15;
    private static final String REQUESTS = "inferwatt_requests_total";
    private static final String ERRORS = "inferwatt_agent_instrumentation_errors_total";

    /** What the meter has learnt and cached meanwhile; what leaks with each fault is more. */
    private static final long MOST_MORE_BYTES = 4_000_000;

    /** Connections of pushes come and go. */
    private static final int MOST_MORE_FILES = 3;

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void everythingThatBreaksAtRandom_changesNoAnswerAndLeavesNothingBehind() throws Exception {
        int calls = Math.toIntExact(SECONDS * 1_000_000 / (PAUSE_MICROS + 300));
        try (MoodyModels models = MoodyModels.start()) {
            List<Answered> expected = answersWithoutTheAgent(calls, models);
            Map<String, Integer> before = models.treated();
            try (Storm storm = Storm.in(folder, SEED, SECONDS)) {
                try (AgentRun run = metered(storm, models)) {
                    rage(storm, run, calls, expected);
                } finally {
                    System.out.println("RandomFaultsIT: seed " + SEED + ", " + SECONDS + " s, " + THREADS
                            + " threads, injected " + storm.injected());
                    System.out.println("RandomFaultsIT: questions to the server of models without the agent " + before
                            + ", in all " + models.treated());
                }
            }
        }
    }

    private List<Answered> answersWithoutTheAgent(int calls, MoodyModels models) throws Exception {
        try (AgentRun run = application("without").main(Answering.class, arguments("without", models))) {
            int ended = 0;
            for (int each : List.of(WARM_CALLS, calls, LAST_CALLS)) {
                run.say("run " + each + " 0");
                run.awaitOut("answers ", ++ended);
            }
            assertThat(run.exitCode()).isZero();
            return Answered.all(run);
        }
    }

    private void rage(Storm storm, AgentRun run, int calls, List<Answered> expected) throws Exception {
        int port = portTold(storm, run);
        Endpoint endpoint = Endpoint.at(port);
        BookWatch watch = BookWatch.of(endpoint, TimeUnit.MILLISECONDS.toNanos(250));

        run.say("run " + WARM_CALLS + " " + PAUSE_MICROS);
        storm.calmUntil(run, () -> Answered.all(run).size() == 1);
        run.say("odd " + FEW_ODD_CALLS);
        Holdings before = Holdings.of(JAVA, run.pid());

        run.say("run " + calls + " " + PAUSE_MICROS);
        storm.rageUntil(() -> Answered.all(run).size() == 2, run, new RudeClients(port));
        long linesBefore = lines(storm);
        run.say("run " + LAST_CALLS + " " + PAUSE_MICROS);
        storm.calmUntil(run, () -> Answered.all(run).size() == 3);
        assertThat(Answered.all(run)).isEqualTo(expected);

        assertCountedExactly(run, endpoint);
        storm.calmUntil(run, () -> lines(storm) >= linesBefore + THREADS * LAST_CALLS);
        assertThat(endpoint.read()
                        .sum("inferwatt_source_energy_joules_total", "component=\"cpu\"", "quality=\"measured\""))
                .isPositive()
                .isLessThanOrEqualTo(storm.source.drawnJoules());
        assertHeldAsBefore(run, before);
        assertSwitchedOffAloneForErrors(run, endpoint);
        watch.assertSound();
        System.out.println("RandomFaultsIT: pages compared " + watch.pages() + ", not answered " + watch.missed());
        assertEndedWell(storm, run);
    }

    private static void assertCountedExactly(AgentRun run, Endpoint endpoint) throws IOException {
        Map<String, Long> told = new TreeMap<>();
        told.put("tiny ok", Answered.calls(run, Kind.TINY));
        told.put("small ok", Answered.calls(run, Kind.SMALL));
        told.put("small error", Answered.calls(run, Kind.FAILED));
        told.put("told ok", Answered.calls(run, Kind.TOLD));
        told.put("handed ok", Answered.calls(run, Kind.HANDED));
        told.put("later ok", Answered.calls(run, Kind.LATER));
        told.put("scored ok", Answered.calls(run, Kind.SCORED));
        told.put(MoodyQuestion.MODEL + " ok", Answered.calls(run, Kind.REMOTE));
        told.put(MoodyQuestion.MODEL + " error", Answered.calls(run, Kind.REFUSED));
        long all = told.values().stream().mapToLong(Long::longValue).sum() + FEW_ODD_CALLS; // those that nobody names
        MetricsPage page = endpoint.await("all calls", now -> now.sum(REQUESTS) >= all);
        Map<String, Long> counted = new TreeMap<>();
        for (String each : told.keySet()) {
            String[] words = each.split(" ", -1);
            counted.put(
                    each, Math.round(page.sum(REQUESTS, "model=\"" + words[0] + "\"", "outcome=\"" + words[1] + "\"")));
        }
        assertThat(counted).isEqualTo(told);
        assertThat(page.sum(REQUESTS)).isEqualTo(all);
        assertThat(page.sum(ERRORS)).as("one for each look-up that threw").isEqualTo(FEW_ODD_CALLS);
        assertThat(page.sum("inferwatt_requests_active")).isZero();
    }

    private static void assertHeldAsBefore(AgentRun run, Holdings before) throws Exception {
        Holdings after = Holdings.await(
                JAVA,
                run.pid(),
                "what was held before, " + before,
                now -> now.lastingThreads() <= before.lastingThreads()
                        && now.files().size() <= before.files().size() + MOST_MORE_FILES
                        && now.liveBytes() <= before.liveBytes() + MOST_MORE_BYTES);
        System.out.println("RandomFaultsIT: heap after GC " + before.liveBytes() + " -> " + after.liveBytes()
                + " B, metaspace " + before.metaspaceKilobytes() + " -> " + after.metaspaceKilobytes() + " kB, files "
                + before.files().size() + " -> " + after.files().size() + ", threads "
                + before.threads().size() + " -> " + after.threads().size() + ", of the agent " + after.agentThreads());
    }

    /** Ten errors in a minute switch the library off, as promised; all others are counted on. */
    private static void assertSwitchedOffAloneForErrors(AgentRun run, Endpoint endpoint) throws Exception {
        MetricsPage before = endpoint.read();
        run.say("odd " + MANY_ODD_CALLS);
        run.say("run " + LAST_CALLS + " 0");
        run.awaitOut("odd ", 2);
        run.awaitOut("answers ", 4);
        double told = before.sum(REQUESTS, "model=\"told\"")
                + Answered.all(run).get(2).counts().get(Kind.TOLD.ordinal());
        endpoint.await("calls that the application tells of", page -> page.sum(REQUESTS, "model=\"told\"") == told);
        assertThat(endpoint.read().sum(ERRORS)).isLessThan(FEW_ODD_CALLS + MANY_ODD_CALLS);
    }

    private static void assertEndedWell(Storm storm, AgentRun run) throws Exception {
        assertThat(run.exitCode()).isZero();
        assertThat(run.err())
                .as("what is not in the log file is one line each")
                .allMatch(line -> line.startsWith("inferwatt: "));
        assertThat(Files.readString(storm.state.file()))
                .startsWith("inferwatt-budgets 1")
                .contains("budget=all");
    }

    private Launch application(String name) throws IOException {
        Files.createDirectories(folder.resolve(name));
        Path hosts = folder.resolve("hosts");
        Files.writeString(hosts, "127.0.0.1 api.openai.com\n");
        return Permissions.bite(Launch.of(JAVA))
                .nativeLibrary(OrtSession.class)
                .classPath(Launch.whereIs(MeteredCall.class))
                .jars("openai-java", "okhttp", "okio", "kotlin", "jackson")
                .option("-Djdk.net.hosts.file=" + hosts);
    }

    private String[] arguments(String name, MoodyModels models) {
        return new String[] {
            Long.toString(SEED),
            Integer.toString(THREADS),
            folder.resolve(name).toString(),
            Integer.toString(models.port())
        };
    }

    private AgentRun metered(Storm storm, MoodyModels models) throws IOException {
        String server = storm.server.address();
        Path bad = folder.resolve("bad.properties");
        storm.writeBadSettings(bad);
        return application("with")
                .agent(
                        "config.file=" + bad,
                        "http.port=0",
                        "energy.powercap.root=" + storm.source.root(),
                        "methods=" + Answering.METHODS,
                        "log.file=" + storm.log.file(),
                        "export.records.file=" + storm.records.file(),
                        "export.pushgateway.url=" + server,
                        "export.pushgateway.interval=1s",
                        "export.remote_write.url=" + server + "/api/v1/write",
                        "export.remote_write.interval=1s",
                        "export.otlp.url=" + server + "/v1/metrics",
                        "export.otlp.interval=1s",
                        "carbon.source=uk",
                        "carbon.url=" + server,
                        "budget.all.limit=1 J",
                        "budget.all.thresholds=1;2;3;5;10;20;50;80;100",
                        "budget.webhook=" + server + "/hook",
                        "budget.state.file=" + storm.state.file())
                .main(Answering.class, arguments("with", models));
    }

    /** The start line is in the log file, among all lines about settings. */
    private static int portTold(Storm storm, AgentRun run) throws IOException {
        int[] port = new int[1];
        storm.calmUntil(run, () -> {
            for (String line : read(storm.log.file()).split("\n", -1)) {
                int at = line.indexOf("metrics at http://");
                if (at >= 0 && line.endsWith("/metrics")) {
                    port[0] = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1, line.lastIndexOf('/')));
                }
            }
            return port[0] > 0;
        });
        return port[0];
    }

    private static long lines(Storm storm) {
        return read(storm.records.file())
                .lines()
                .filter(line -> line.startsWith("{") && line.endsWith("}"))
                .count();
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException notThere) {
            return "";
        }
    }
}
