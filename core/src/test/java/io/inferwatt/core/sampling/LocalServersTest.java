package io.inferwatt.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.attribution.Attribution;
import io.inferwatt.core.attribution.DomainAccount;
import io.inferwatt.core.attribution.TickFeatures;
import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.CallRecord;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.EnginePoolsOf;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.config.AttributionMethod;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.footprint.remote.DeferredEstimates;
import io.inferwatt.core.host.HostCpuClock;
import io.inferwatt.core.host.ProcTree;
import io.inferwatt.core.host.ServingProcesses;
import io.inferwatt.core.report.MeterSnapshot.LocalServerTotals;
import io.inferwatt.core.report.MeterSnapshot.ServerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers below a proc file system of real files, from their clocks to the books. */
class LocalServersTest {

    private static final long SECOND = 1_000_000_000;
    private static final String LOOPBACK = "7f000001";
    private static final int OLLAMA = 300;
    private static final int VLLM = 400;

    @TempDir
    Path root;

    private final ServingProcesses serving = new ServingProcesses();
    private final List<String> lines = new ArrayList<>();
    private final CallDrain drain = new CallDrain();
    private final TickFeatures tick = new TickFeatures();
    private final ExecutorService second = Executors.newSingleThreadExecutor();
    private final ExecutorService third = Executors.newSingleThreadExecutor();

    private final CallRecord record = new CallRecord();
    private long now = 10 * SECOND;
    private long processNanos = SECOND;
    private long busyNanos = SECOND;
    private long ollamaSteps = 1_000;
    private long vllmSteps = 5_000;
    private ProcTree proc;
    private Calls calls;
    private CpuAccounts cpu;
    private RemoteLedger ledger;
    private int ollama;
    private int vllm;

    @BeforeEach
    void machineWithTwoServers() throws IOException {
        proc = new ProcTree(root)
                .process(1, 0, "init", 0, 0)
                .process(50, 1, "java", 0, 0)
                .self(50)
                .process(OLLAMA, 1, "ollama", ollamaSteps, 0)
                .holds(OLLAMA, 3, 71)
                .listens(LOOPBACK, 11434, 71, 0)
                .process(VLLM, 1, "vllm", vllmSteps, 0)
                .holds(VLLM, 5, 72)
                .listens("00000000", 8000, 72, 0);
        calls = EnginePoolsOf.calls(root, () -> now);
        calls.computeHere(host -> host.startsWith("localhost") || host.startsWith("127."));
        ollama = target("localhost:11434");
        vllm = target("localhost:8000");
        LocalServers servers = new LocalServers(calls.targets(), root, serving, lines::add);
        cpu = new CpuAccounts(calls, clocks(), host(), servers);
        ledger = new RemoteLedger(
                calls, new DeferredEstimates(InferwattConfig.Remote.DEFAULTS, lines::add), servers, advice -> {});
        calls.drain(drain, now);
        cpu.start(drain);
    }

    private int target(String host) {
        return calls.target(new RemoteTarget("client", "", host, "", "model", Work.TEXT, ""));
    }

    private InferenceCall start(int key, int target) {
        InferenceCall call = calls.start("client" + key, key, 1);
        call.asks(target);
        return call;
    }

    private void finish(InferenceCall call) {
        calls.finish(call, Outcome.OK);
    }

    private int key(String model) {
        return calls.key(ModelKey.of(model));
    }

    private void pass(double seconds) {
        now += Math.round(seconds * SECOND);
    }

    private void ollamaWorks(double seconds) throws IOException {
        ollamaSteps += Math.round(100 * seconds);
        busyNanos += Math.round(seconds * SECOND);
        proc.process(OLLAMA, 1, "ollama", ollamaSteps, 0);
    }

    private void vllmWorks(double seconds) throws IOException {
        vllmSteps += Math.round(100 * seconds);
        busyNanos += Math.round(seconds * SECOND);
        proc.process(VLLM, 1, "vllm", vllmSteps, 0);
    }

    private void othersWork(double seconds) {
        busyNanos += Math.round(seconds * SECOND);
    }

    private void endTick() {
        calls.drain(drain, now);
        cpu.fill(drain, tick);
        for (int i = 0; i < drain.recordCount(); i++) {
            ledger.settle(drain.record(i, record));
        }
    }

    /** A first short call, after which the server's process is known. */
    private void find(int target) {
        InferenceCall first = start(key("first"), target);
        pass(0.01);
        endTick();
        finish(first);
        pass(0.01);
        endTick();
    }

    private LocalServerTotals totals(String host) {
        return cpu.localServers().stream()
                .filter(server -> server.host().equals(host))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void twoModelsInFlight_shareTheServerByTime_andItIsNoLongerOthers() throws IOException {
        find(ollama);
        int a = key("a");
        int b = key("b");
        InferenceCall long1 = start(a, ollama);
        pass(0.75);
        // A call of the same thread would be part of the first one.
        InferenceCall short1 = onAnotherThread(() -> start(b, ollama));
        pass(0.25);
        ollamaWorks(0.5);
        othersWork(0.3);
        endTick();
        assertThat(tick.cpuSeconds[a]).isCloseTo(0.4, within(1e-9));
        assertThat(tick.cpuSeconds[b]).isCloseTo(0.1, within(1e-9));
        assertThat(tick.otherCpuSeconds).isCloseTo(0.3, within(1e-9));
        assertThat(cpu.cpuSeconds(a)).isCloseTo(0.4, within(1e-9));
        finish(long1);
        onAnotherThread(() -> {
            finish(short1);
            return short1;
        });
        endTick();
        assertThat(totals("localhost:11434"))
                .isEqualTo(new LocalServerTotals(
                        "localhost:11434",
                        ServerState.METERED,
                        OLLAMA,
                        "ollama",
                        totals("localhost:11434").cpuSeconds(),
                        3,
                        0));
        assertThat(totals("localhost:11434").cpuSeconds()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void serverThatWorksWithNoneOfOurCallsInFlight_isOthers() throws IOException {
        find(ollama);
        pass(1);
        ollamaWorks(0.8);
        endTick();
        assertThat(tick.otherCpuSeconds).isCloseTo(0.8, within(1e-9));
        // Nor does what it did meanwhile come with the next call.
        InferenceCall next = start(key("a"), ollama);
        pass(0.1);
        ollamaWorks(0.1);
        endTick();
        assertThat(tick.cpuSeconds[key("a")]).isCloseTo(0.1, within(1e-9));
        assertThat(tick.otherCpuSeconds).isZero();
        finish(next);
    }

    @Test
    void processesThatWorkForACall_areKnownWhileItIsInFlight() throws IOException {
        proc.process(310, OLLAMA, "runner", 0, 0);
        find(ollama);
        find(vllm);
        assertThat(serving.contains(OLLAMA)).isFalse();
        InferenceCall call = start(key("a"), ollama);
        pass(0.1);
        endTick();
        assertThat(serving.contains(OLLAMA)).isTrue();
        assertThat(serving.contains(310)).isTrue();
        assertThat(serving.contains(VLLM)).isFalse();
        finish(call);
        endTick();
        assertThat(serving.contains(310)).as("it was since the tick before").isTrue();
        endTick();
        assertThat(serving.contains(310)).isFalse();
    }

    @Test
    void eachServer_isBookedToThoseThatAskIt() throws IOException {
        find(ollama);
        find(vllm);
        int a = key("a");
        int b = key("b");
        int local = key("in this process");
        InferenceCall askA = start(a, ollama);
        InferenceCall askB = onAnotherThread(() -> start(b, vllm));
        InferenceCall inside = onAThirdThread(() -> calls.start("onnx", local, 1));
        pass(1);
        ollamaWorks(0.2);
        vllmWorks(0.7);
        endTick();
        assertThat(tick.cpuSeconds[a]).isCloseTo(0.2, within(1e-9));
        assertThat(tick.cpuSeconds[b]).isCloseTo(0.7, within(1e-9));
        assertThat(tick.cpuSeconds[local]).as("a step of its clock").isLessThanOrEqualTo(0.01);
        finish(askA);
        pass(1);
        ollamaWorks(0.5);
        endTick();
        assertThat(tick.cpuSeconds[a] + tick.cpuSeconds[b] + tick.cpuSeconds[local])
                .isZero();
        assertThat(askB.key() + inside.key()).isEqualTo(b + local);
    }

    @Test
    void keyThatTurnsToAnotherServer_takesNoPartInTheFirstAnyMore() throws IOException {
        find(ollama);
        find(vllm);
        int a = key("a");
        finish(start(a, ollama));
        pass(0.1);
        endTick();
        InferenceCall second = start(a, vllm);
        pass(1);
        ollamaWorks(0.9);
        endTick();
        assertThat(tick.cpuSeconds[a]).isZero();
        finish(second);
    }

    /** The recorder is drained first, then it is asked who has asked: a call may begin in between, on any thread. */
    @Test
    void callThatBeginsBetweenTheDrainAndTheLook_isBilledUntilItEnds() throws IOException {
        find(ollama);
        int a = key("a");
        calls.drain(drain, now);
        InferenceCall late = start(a, ollama);
        cpu.fill(drain, tick);
        for (int i = 0; i < 3; i++) {
            pass(1);
            ollamaWorks(0.5);
            endTick();
            assertThat(tick.cpuSeconds[a]).as("tick %d", i).isCloseTo(0.5, within(1e-9));
        }
        finish(late);
        pass(1);
        endTick();
        pass(1);
        ollamaWorks(0.5);
        endTick();
        assertThat(tick.cpuSeconds[a]).isZero();
    }

    @Test
    void twoNamesOfOneServer_countItOnce() throws IOException {
        int other = target("127.0.0.1:11434");
        find(ollama);
        find(other);
        InferenceCall one = start(key("a"), ollama);
        InferenceCall two = onAnotherThread(() -> start(key("b"), other));
        pass(1);
        ollamaWorks(0.6);
        endTick();
        assertThat(tick.cpuSeconds[key("a")]).isCloseTo(0.3, within(1e-9));
        assertThat(tick.cpuSeconds[key("b")]).isCloseTo(0.3, within(1e-9));
        assertThat(totals("127.0.0.1:11434").cpuSeconds()).isCloseTo(0.3, within(1e-9));
        assertThat(totals("127.0.0.1:11434").pid()).isEqualTo(OLLAMA);
        assertThat(one.key() + two.key()).isEqualTo(key("a") + key("b"));
    }

    @Test
    void serverThatAnotherOneHasStarted_isPartOfIt_whicheverIsFoundFirst() throws IOException {
        proc.process(VLLM, OLLAMA, "runner", vllmSteps, 0);
        find(vllm);
        find(ollama);
        assertThat(totals("localhost:8000").pid()).isEqualTo(OLLAMA);
        InferenceCall call = start(key("a"), vllm);
        pass(1);
        ollamaWorks(0.2);
        vllmSteps += 50;
        busyNanos += SECOND / 2;
        proc.process(VLLM, OLLAMA, "runner", vllmSteps, 0);
        endTick();
        assertThat(tick.cpuSeconds[key("a")]).isCloseTo(0.7, within(1e-9));
        finish(call);
    }

    @Test
    void serverThatIsStartedAnew_isFoundAtOnce_andItsTotalGoesOn() throws IOException {
        find(ollama);
        int a = key("a");
        InferenceCall call = start(a, ollama);
        pass(0.5);
        ollamaWorks(0.4);
        endTick();
        proc.end(OLLAMA);
        proc.closeAllSockets().listens(LOOPBACK, 11434, 99, 0);
        proc.process(777, 1, "ollama", 3, 0).holds(777, 3, 99);
        pass(0.5);
        endTick();
        pass(0.5);
        endTick();
        proc.process(777, 1, "ollama", 13, 0);
        busyNanos += SECOND / 10;
        pass(0.5);
        endTick();
        assertThat(tick.cpuSeconds[a]).isCloseTo(0.1, within(1e-9));
        assertThat(totals("localhost:11434").pid()).isEqualTo(777);
        assertThat(totals("localhost:11434").cpuSeconds()).isCloseTo(0.5, within(1e-9));
        assertThat(lines).isEmpty();
        finish(call);
    }

    @Test
    void serverThatGivesUpItsPort_isLetGo() throws IOException {
        find(ollama);
        Files.delete(proc.folder(OLLAMA).resolve("fd/3"));
        InferenceCall call = start(key("a"), ollama);
        pass(1.5);
        endTick();
        pass(0.1);
        ollamaWorks(0.1);
        endTick();
        assertThat(tick.cpuSeconds[key("a")]).isZero();
        assertThat(totals("localhost:11434").state()).isEqualTo(ServerState.NOT_FOUND);
        finish(call);
    }

    @Test
    void serverThatIsNotThere_isToldOnce_countedAndLookedForAgainLater() throws IOException {
        proc.closeAllSockets();
        find(ollama);
        find(ollama);
        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("model server localhost:11434: nothing listens on that port")
                .contains("counted as that of other processes");
        assertThat(totals("localhost:11434"))
                .isEqualTo(new LocalServerTotals("localhost:11434", ServerState.NOT_FOUND, 0, "", 0, 2, 2));
        proc.listens(LOOPBACK, 11434, 71, 0);
        find(ollama);
        assertThat(totals("localhost:11434").state()).isEqualTo(ServerState.NOT_FOUND);
        pass(FollowedServer.RETRY_NANOS / 1e9);
        endTick();
        assertThat(totals("localhost:11434").state()).isEqualTo(ServerState.METERED);
        assertThat(totals("localhost:11434").unmeteredCalls()).isEqualTo(3);
        assertThat(lines).hasSize(1);
    }

    @Test
    void serverThatCannotBeSeen_isLookedForLessAndLessOften() throws IOException {
        Files.delete(proc.folder(OLLAMA).resolve("fd/3"));
        find(ollama);
        assertThat(lines)
                .singleElement()
                .asString()
                .contains("of user 0, cannot be seen")
                .contains("CAP_SYS_PTRACE");
        proc.holds(OLLAMA, 3, 71);
        find(ollama);
        pass(FollowedServer.RETRY_NANOS / 1e9);
        endTick();
        assertThat(totals("localhost:11434").state()).isEqualTo(ServerState.NOT_FOUND);
        pass(FollowedServer.RETRY_NANOS / 1e9);
        endTick();
        assertThat(totals("localhost:11434").state()).isEqualTo(ServerState.METERED);
    }

    @Test
    void serverInThisProcess_isNoLoss() throws IOException {
        proc.holds(50, 9, 80).listens(LOOPBACK, 9000, 80, 0);
        find(target("localhost:9000"));
        assertThat(lines).isEmpty();
        assertThat(totals("localhost:9000"))
                .isEqualTo(new LocalServerTotals("localhost:9000", ServerState.THIS_PROCESS, 0, "java", 0, 1, 0));
    }

    /** Of virtual threads the processor time is not read: their time in flight stands in for it, unless they wait for a server. */
    @Test
    void keyThatOnceAskedAServer_isBilledAgainWhenItComputesItself() {
        int a = key("a");
        InferenceCall asking = start(a, ollama);
        pass(2);
        endTick();
        finish(asking);
        pass(0.01);
        endTick();
        assertThat(tick.cpuSeconds[a]).as("it waited").isZero();
        pass(0.01);
        endTick();
        InferenceCall computing = calls.start("engine", a, 1);
        pass(0.5);
        processNanos += SECOND / 2;
        busyNanos += SECOND / 2;
        endTick();
        assertThat(tick.cpuSeconds[a]).isCloseTo(0.5, within(0.02));
        finish(computing);
    }

    @Test
    void otherMachines_areNoServersHere() {
        find(target("api.openai.com"));
        assertThat(cpu.localServers())
                .extracting(LocalServerTotals::calls)
                .as("those of the two here")
                .containsExactly(0L, 0L);
        assertThat(lines).isEmpty();
    }

    @Test
    void rootWithoutProcesses_isToldAndHarmsNothing(@TempDir Path empty) {
        LocalServers servers = new LocalServers(calls.targets(), empty, serving, lines::add);
        InferenceCall call = start(key("a"), ollama);
        pass(1);
        calls.drain(drain, now);
        servers.look(drain);
        assertThat(servers.book(tick, SECOND)).isZero();
        assertThat(servers.totals().get(0).state()).isEqualTo(ServerState.NOT_FOUND);
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("takes the proc file system of Linux"));
        finish(call);
    }

    @Test
    void clockOfTheMachineThatDoesNotShowTheServer_yieldsNoMoreThanItsSteps() throws IOException {
        find(ollama);
        int a = key("a");
        InferenceCall call = start(a, ollama);
        double booked = 0;
        for (int i = 0; i < 50; i++) {
            pass(0.5);
            ollamaSteps += 50;
            proc.process(OLLAMA, 1, "ollama", ollamaSteps, 0);
            endTick();
            booked += tick.cpuSeconds[a];
            assertThat(tick.otherCpuSeconds).isZero();
        }
        int processors = Runtime.getRuntime().availableProcessors();
        assertThat(booked).isLessThanOrEqualTo(0.05 + 0.055 * processors + 1e-9);
        finish(call);
    }

    @Test
    void callThatWaits_isNotBilledForWhatThisProcessDoesMeanwhile() throws IOException {
        find(ollama);
        InferenceCall call = start(key("a"), ollama); // no clock of its thread: only its time in flight is known
        pass(1);
        processNanos += SECOND;
        busyNanos += SECOND;
        endTick();
        assertThat(tick.cpuSeconds[key("a")]).isZero();
        assertThat(tick.runtimeCpuSeconds).isCloseTo(1, within(1e-9));
        finish(call);
    }

    /** Whatever servers do, no microjoule and no processor time is made up or lost. */
    @ParameterizedTest
    @EnumSource(AttributionMethod.class)
    void randomLoad_addsUp(AttributionMethod method) throws IOException {
        find(ollama);
        find(vllm);
        Random random = new Random(11);
        Attribution attribution = new Attribution(method, domain -> 0, 600 * SECOND);
        DomainAccount account = attribution.account(Domain.CPU, "rapl-powercap", Quality.MEASURED);
        attribution.start(now);
        int[] keys = {key("a"), key("b"), key("c")};
        int[] targets = {ollama, vllm, ollama};
        double booked = 0;
        long busyBefore = busyNanos;
        long microjoules = 0;
        InferenceCall call = null;
        for (int i = 0; i < 400; i++) {
            if (call != null && random.nextInt(3) == 0) {
                finish(call);
                call = null;
            }
            if (call == null && random.nextInt(3) != 0) {
                int which = random.nextInt(3);
                call = start(keys[which], targets[which]);
            }
            pass(0.05);
            if (random.nextBoolean()) {
                ollamaWorks(random.nextInt(6) / 100.0);
            }
            if (random.nextBoolean()) {
                vllmWorks(random.nextInt(6) / 100.0);
            }
            othersWork(random.nextInt(5) / 100.0);
            endTick();
            assertThat(tick.otherCpuSeconds).isGreaterThanOrEqualTo(0);
            booked += tick.otherCpuSeconds + tick.runtimeCpuSeconds;
            for (int key : keys) {
                booked += tick.cpuSeconds[key];
            }
            int drawn = random.nextInt(3_000_000);
            microjoules += drawn;
            attribution.begin(tick, 0);
            attribution.book(account, drawn, 0, tick);
            attribution.end(tick);
        }
        assertThat(booked).isCloseTo((busyNanos - busyBefore) / 1e9, within(1e-6));
        assertThat(account.totalMicrojoules()).isEqualTo(microjoules);
        assertThat(account.modelMicrojoules()
                        + account.idleMicrojoules()
                        + account.runtimeMicrojoules()
                        + account.otherMicrojoules()
                        + account.gapMicrojoules())
                .isEqualTo(microjoules);
        assertThat(account.modelMicrojoules()).isBetween(microjoules / 10, microjoules * 9 / 10);
        double served = cpu.localServers().stream()
                .mapToDouble(LocalServerTotals::cpuSeconds)
                .sum();
        assertThat(cpu.cpuSeconds(keys[0]) + cpu.cpuSeconds(keys[1]) + cpu.cpuSeconds(keys[2]))
                .isCloseTo(served, within(1e-6));
    }

    private interface Starting {

        InferenceCall start();
    }

    @AfterEach
    void endThreads() {
        second.shutdown();
        third.shutdown();
    }

    private InferenceCall onAnotherThread(Starting starting) {
        return on(second, starting);
    }

    private InferenceCall onAThirdThread(Starting starting) {
        return on(third, starting);
    }

    private static InferenceCall on(ExecutorService thread, Starting starting) {
        return CompletableFuture.supplyAsync(starting::start, thread).join();
    }

    private CpuClocks clocks() {
        return new CpuClocks() {
            @Override
            public long processNanos() {
                return processNanos;
            }

            @Override
            public TaskClock open(int tid, Path taskFolder) throws IOException {
                throw new IOException("no native threads here");
            }

            @Override
            public Duration shortestTick() {
                return Duration.ofMillis(50);
            }
        };
    }

    private HostCpuClock host() {
        return new HostCpuClock() {
            @Override
            public long busyNanos() {
                return busyNanos;
            }

            @Override
            public long totalNanos() {
                return 4 * now;
            }
        };
    }
}
