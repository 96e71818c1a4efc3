package io.inferwatt.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.core.report.MeterSnapshot.DomainTotals;
import io.inferwatt.core.report.MeterSnapshot.LocalServerTotals;
import io.inferwatt.core.report.MeterSnapshot.ModelTotals;
import io.inferwatt.core.report.MeterSnapshot.ServerState;
import io.inferwatt.core.testservers.BurningServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.StringTokenizer;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A real server in another process of this machine that works in a child of its own, and the whole meter. */
@EnabledOnOs(OS.LINUX)
class LocalServerMeteringTest {

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final Calls calls = new Calls();
    private Process server;
    private int port;
    private EnergyMeter meter;

    @BeforeEach
    void startServerAndMeter() throws IOException {
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BurningServer.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        port = Integer.parseInt(
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII))
                        .readLine());
        meter = EnergyMeter.start(InferwattConfig.DEFAULTS, calls, warnings::add);
    }

    @AfterEach
    void end() {
        meter.close();
        server.destroyForcibly();
    }

    @Test
    @Timeout(100)
    void workOfItsChild_isTheCallsThatWaitForIt_andWorkForNobodyIsNot() throws IOException {
        int key = calls.key(ModelKey.of("llama3"));
        int target = calls.target(new RemoteTarget("ollama4j", "", "localhost:" + port, "", "llama3", Work.TEXT, ""));
        InferenceCall call = calls.start("ollama4j", key, 1);
        call.asks(target);
        try (Socket socket = ask('c')) {
            await(snapshot -> served(snapshot).cpuSeconds() > 0.3);
            finish(socket);
        }
        calls.finish(call, Outcome.OK);
        await(snapshot -> snapshot.requestsActive() == 0);
        LocalServerTotals after = served(meter.snapshot());
        assertThat(after.state()).isEqualTo(ServerState.METERED);
        assertThat(after.pid()).isEqualTo(server.pid());
        assertThat(after.processName()).isEqualTo("java");
        assertThat(after.calls()).isEqualTo(1);
        assertThat(after.cpuSeconds())
                .as("its child has ended, and counts once")
                .isBetween(0.3, usedSeconds());

        Duration before = server.info().totalCpuDuration().orElseThrow();
        try (Socket socket = ask('s')) {
            await(snapshot ->
                    server.info().totalCpuDuration().orElseThrow().minus(before).toMillis() > 300);
            finish(socket);
        }
        meter.close();
        MeterSnapshot last = meter.snapshot();
        assertThat(served(last).cpuSeconds()).isEqualTo(after.cpuSeconds());
        ModelTotals model = last.models().stream()
                .filter(one -> one.key().model().equals("llama3"))
                .findFirst()
                .orElseThrow();
        assertThat(model.joules()).isPositive();
        for (DomainTotals domain : last.domains()) {
            double parts = domain.modelJoules()
                    + domain.idleJoules()
                    + domain.runtimeJoules()
                    + domain.otherJoules()
                    + domain.gapJoules();
            assertThat(parts).isBetween(domain.joules() * (1 - 1e-9), domain.joules() * (1 + 1e-9));
        }
        assertThat(warnings).isEmpty();
    }

    /** Returns all that the server and its ended children have ever used, by its {@code stat}. */
    private double usedSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + server.pid() + "/stat"));
        StringTokenizer fields = new StringTokenizer(stat.substring(stat.lastIndexOf(')') + 1));
        long steps = 0;
        for (int field = 0; field < 15; field++) {
            String value = fields.nextToken();
            steps += field >= 11 ? Long.parseLong(value) : 0; // utime, stime, cutime, cstime
        }
        return steps / 100.0;
    }

    private static LocalServerTotals served(MeterSnapshot snapshot) {
        return snapshot.localServers().isEmpty()
                ? new LocalServerTotals("", ServerState.LOOKING, 0, "", 0, 0, 0)
                : snapshot.localServers().get(0);
    }

    private void await(Predicate<MeterSnapshot> condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(25);
        while (!condition.test(meter.snapshot())) {
            assertThat(System.nanoTime() - end)
                    .as(
                            "still waiting; warnings: %s, servers: %s",
                            warnings, meter.snapshot().localServers())
                    .isNegative();
            LockSupport.parkNanos(10_000_000); // a spinning test would leave the meter and the server no processor
            assertThat(server.isAlive()).isTrue();
        }
    }

    private Socket ask(char how) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write(how);
        return socket;
    }

    /** The server stops to work, and has waited for its child, when it answers. */
    private static void finish(Socket socket) throws IOException {
        socket.getOutputStream().write('x');
        assertThat(socket.getInputStream().read()).isEqualTo('.');
    }
}
