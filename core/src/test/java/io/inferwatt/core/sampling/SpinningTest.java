package io.inferwatt.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.attribution.Attribution;
import io.inferwatt.core.attribution.DomainAccount;
import io.inferwatt.core.attribution.ModelAccount;
import io.inferwatt.core.attribution.TickFeatures;
import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.EnginePool;
import io.inferwatt.core.call.EnginePools;
import io.inferwatt.core.call.EnginePoolsOf;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.ModelFacts;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.config.AttributionMethod;
import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.host.HostCpuClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the clocks of an engine's thread to the books and the log. */
class SpinningTest {

    private static final long SECOND = 1_000_000_000;

    @TempDir
    Path proc;

    @Test
    void engineThatSpinsAfterItsCalls_hasATailOfItsEnergy_andALine() throws IOException {
        Files.createDirectories(proc.resolve("thread-self"));
        Files.writeString(proc.resolve("thread-self/comm"), "creator\n");
        Files.createDirectories(proc.resolve("self/task"));
        Calls calls = EnginePoolsOf.calls(proc);
        EnginePools.Snapshot before = calls.enginePools().beforeCreation();
        ran(0);
        EnginePool pool = calls.enginePools().afterCreation(before);
        int key = calls.key(ModelKey.of("minilm"));
        calls.describe(key, new ModelFacts("onnxruntime", "cpu"));
        CpuAccounts cpu = new CpuAccounts(
                calls, new CpuClocks.PlainCpuClocks(), new StandingClock(), LocalServersOf.noProc(calls));
        Attribution attribution = new Attribution(AttributionMethod.CPU_SHARE, domain -> 0, 600 * SECOND);
        DomainAccount account = attribution.account(Domain.CPU, "rapl-powercap", Quality.MEASURED);
        List<String> lines = new ArrayList<>();
        Spinning spinning = new Spinning(calls, cpu, attribution, lines::add);
        CallDrain drain = new CallDrain();
        TickFeatures tick = new TickFeatures();
        long start = System.nanoTime();
        calls.drain(drain, start);
        cpu.start(drain);
        attribution.start(start);
        for (int second = 1; second <= 30; second++) {
            for (int i = 0; i < 5; i++) {
                InferenceCall call = calls.start("ort", key, 1);
                pool.usedBy(call);
                calls.finish(call, Outcome.OK);
            }
            ran(second * SECOND / 10);
            calls.drain(drain, start + second * SECOND);
            cpu.fill(drain, tick);
            attribution.begin(tick, 0);
            attribution.book(account, 2_000_000, 0, tick);
            attribution.end(tick);
            spinning.secondPassed(drain);
        }

        ModelAccount model = attribution.model(key);
        assertThat(cpu.spinningSeconds(key) / cpu.cpuSeconds(key)).isBetween(0.5, 0.95);
        assertThat(model.tailJoules() / model.joules(Component.CPU, Quality.MEASURED))
                .isBetween(0.5, 0.95);
        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("model minilm: ")
                .contains(" (measured), went into");
    }

    private void ran(long nanos) throws IOException {
        Path folder = Files.createDirectories(proc.resolve("self/task/7"));
        Files.writeString(folder.resolve("comm"), "creator\n");
        Files.writeString(folder.resolve("schedstat"), nanos + " 12 34\n");
    }

    /** Of a machine whose load is not known. */
    private static final class StandingClock implements HostCpuClock {

        @Override
        public long busyNanos() {
            return 0;
        }

        @Override
        public long totalNanos() {
            return 0;
        }
    }
}
