package io.inferwatt.exporters.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.fuzz.Fuzz;
import io.inferwatt.core.fuzz.HostileServer;
import io.inferwatt.core.fuzz.Mangler;
import io.inferwatt.core.fuzz.OneLine;
import io.inferwatt.core.net.HttpRequest;
import io.inferwatt.exporters.AgentFigures;
import io.inferwatt.exporters.PrivateRegistry;
import io.inferwatt.exporters.PushCounts;
import io.inferwatt.exporters.Snapshots;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Receivers of pushes that answer what they should not. The loop goes on, counts, and keeps what it has to send within bounds. */
@Timeout(3600)
class HostileReceiversTest {

    private static final int MOST_BYTES = 1 << 16;

    @TempDir
    Path folder;

    /** Sends the same again and again. */
    private record Same(Target target) implements Route {

        @Override
        public byte[] take() {
            return "figures".getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void last(BodyQueue queue) {
            queue.add(take());
        }

        @Override
        public HttpRequest request(byte[] body) {
            return HttpRequest.of("POST", target.uri(), "text/plain", body);
        }
    }

    @Test
    void receivers() {
        try (HostileServer server = new HostileServer()) {
            Fuzz.of("receivers of pushes", 20).run(mangler -> {
                server.answerBy(mangler, "");
                List<String> lines = new CopyOnWriteArrayList<>();
                List<Thread> threads = new ArrayList<>();
                PushCounts counts = new PushCounts("remote_write");
                BodyQueue queue = BodyQueue.inOrder(MOST_BYTES, counts::countDropped);
                Target target = Objects.requireNonNull(
                        Target.of("export.remote_write", server.uri().toString(), Optional.empty(), lines::add));
                PushLoop loop = new PushLoop(
                        "export.remote_write",
                        new Same(target),
                        target,
                        queue,
                        counts,
                        Duration.ofMillis(2),
                        Duration.ofMillis(1),
                        lines::add,
                        lines::add);
                loop.start(threads::add);
                Receiver.await(() -> counts.done() + counts.failed() + counts.dropped() > 2 || queue.size() > 20);
                server.answerWell("");
                loop.beginClose(System.nanoTime() + TimeUnit.SECONDS.toNanos(2));
                loop.awaitClose();
                OneLine.check(lines);
                assertThat(queue.size() * 7L).isLessThanOrEqualTo(MOST_BYTES);
                assertThat(threads).singleElement().satisfies(thread -> thread.join(30_000));
                assertThat(threads).noneMatch(Thread::isAlive);
            });
        }
    }

    @Test
    void namesOfModels() {
        Fuzz.of("names in remote write", 100).run(mangler -> {
            String written = mangler.text("gpt-4o\\n\"x\"");
            String model = written.length() > 120 ? written.substring(0, 120) : written;
            Snapshots ledger = Snapshots.ofHost(3).call(model, "chat", Outcome.OK);
            PrivateRegistry registry =
                    new PrivateRegistry(ledger::now, listener -> {}, 16, AgentFigures.ofLibrary("1", "machine-1"));
            // What UTF-8 cannot write, halves of characters, becomes a question mark.
            String sent = new String(model.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            assertThat(TextSamples.read(registry.text()))
                    .anyMatch(sample -> sent.equals(sample.labels().get("model"))
                            && "chat".equals(sample.labels().get("operation")));
        });
    }

    @Test
    void addressesAndCredentials() {
        Path auth = folder.resolve("auth");
        Fuzz.of("addresses and credentials of pushes", 500).run(mangler -> {
            List<String> lines = new ArrayList<>();
            Files.write(auth, mangler.file(mangler.onceIn(2) ? "user:s3cr3tPassword" : "s3cr3tToken"));
            String url = mangler.text("http://prometheus.example:9090/api/v1/write?key=s3cr3t");
            Target target = Target.of("export.remote_write", url, Optional.of(auth), lines::add);
            if (target != null) {
                OneLine.check("host " + target.host());
                ask(target, lines, mangler);
            }
            OneLine.check(lines);
            assertThat(String.join("", lines)).doesNotContain("s3cr3t");
        });
    }

    private static void ask(Target target, List<String> lines, Mangler mangler) {
        try {
            HttpRequest request = target.authorized(HttpRequest.of(
                    "POST",
                    mangler.onceIn(2) ? target.uri() : target.under("/metrics/job/a"),
                    "text/plain",
                    new byte[0]));
            String authorization = request.headers().getOrDefault("Authorization", "");
            assertThat(authorization).matches(header -> header.startsWith("Basic ") || header.startsWith("Bearer "));
            assertThat(authorization.chars()).noneMatch(Character::isISOControl);
        } catch (IOException e) {
            lines.add("" + e.getMessage());
        }
    }
}
