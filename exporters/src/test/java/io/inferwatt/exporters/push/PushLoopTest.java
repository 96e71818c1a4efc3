package io.inferwatt.exporters.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.net.HttpRequest;
import io.inferwatt.exporters.PushCounts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The faults of servers, against a real one. */
@Timeout(60)
class PushLoopTest {

    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final Duration SELDOM = Duration.ofHours(1);

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final List<String> infos = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final PushCounts counts = new PushCounts("remote_write");
    private final AtomicInteger taken = new AtomicInteger();
    private final BodyQueue queue = BodyQueue.inOrder(1 << 20, counts::countDropped);
    private final Receiver server;
    private PushLoop loop;

    @TempDir
    private Path folder;

    PushLoopTest() throws IOException {
        server = new Receiver();
    }

    /** Sends numbers that go up by one each time. */
    private final class Numbers implements Route {

        private final Target target;

        Numbers(Target target) {
            this.target = target;
        }

        @Override
        public byte[] take() {
            return text("" + taken.incrementAndGet());
        }

        @Override
        public void last(BodyQueue bodies) {
            bodies.add(text("last"));
        }

        @Override
        public HttpRequest request(byte[] body) {
            return HttpRequest.of("PUT", target.uri(), "text/plain", body);
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (loop != null) {
            loop.beginClose(System.nanoTime());
            threads.forEach(Thread::interrupt);
        }
        server.close();
        for (Thread thread : threads) {
            thread.join(10_000);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429, 408})
    void failureThatMayPass_isTriedAgainAndNothingIsLost(int status) {
        server.next(status, status, status);
        start(OFTEN, Optional.empty());
        Receiver.await(() -> server.taken().size() >= 5);

        assertThat(numbers(5)).containsExactly("1", "2", "3", "4", "5");
        assertThat(counts.failed()).isEqualTo(3);
        assertThat(counts.dropped()).isZero();
        assertThat(warnings).singleElement().asString().contains("127.0.0.1:" + server.port(), "" + status);
        assertThat(infos).singleElement().asString().contains("again, after 3 failures");
    }

    @Test
    void retryAfter_isKept() {
        server.next(429, "Retry-After", "3600");
        start(OFTEN, Optional.empty());
        Receiver.await(() -> taken.get() >= 20);

        assertThat(server.requests()).hasSize(1);
        assertThat(queue.size()).isGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 422})
    void figuresThatAreRefused_areDroppedAndTheNextOnesSent(int status) {
        server.next(status, status);
        start(OFTEN, Optional.empty());
        Receiver.await(() -> server.taken().size() >= 2);

        assertThat(numbers(2)).containsExactly("3", "4");
        assertThat(counts.failed()).isEqualTo(2);
        assertThat(counts.dropped()).isEqualTo(2);
        assertThat(warnings).singleElement().asString().contains("" + status, "does not take these figures");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 302})
    void serverThatRefusesUs_isAskedAgainAfterAPause(int status) throws IOException {
        Path auth = Files.writeString(folder.resolve("auth"), "user:secret");
        server.next(status, status);
        start(OFTEN, Optional.of(auth));
        Receiver.await(() -> server.taken().size() >= 2);

        assertThat(counts.dropped()).isEqualTo(2);
        assertThat(counts.failed()).isEqualTo(2);
        assertThat(warnings).singleElement().asString().contains("" + status).doesNotContain("secret");
        assertThat(infos).hasSize(1);
        assertThat(server.requests().get(0).header("Authorization")).startsWith("Basic ");
    }

    @Test
    void connectionThatBreaks_isMadeAgain() {
        server.nextIsReset().nextIsReset();
        start(OFTEN, Optional.empty());
        Receiver.await(() -> server.taken().size() >= 2);

        assertThat(numbers(2)).containsExactly("1", "2");
        assertThat(counts.dropped()).isZero();
        assertThat(counts.failed()).isPositive();
        assertThat(warnings).hasSize(1);
    }

    @Test
    void serverThatIsGoneAndBack_getsAll() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        start("http://127.0.0.1:" + port, OFTEN, Optional.empty());
        Receiver.await(() -> counts.failed() >= 2 && taken.get() >= 5);
        try (Receiver back = new Receiver(port)) {
            Receiver.await(() -> back.taken().size() >= 5);
            assertThat(back.taken()).extracting(PushLoopTest::body).startsWith("1", "2", "3", "4", "5");
        }
        assertThat(counts.dropped()).isZero();
        assertThat(infos).hasSize(1);
    }

    @Test
    void close_sendsTheLastOnes() throws InterruptedException {
        start(SELDOM, Optional.empty());
        Receiver.await(() -> server.taken().size() == 1);
        close(Duration.ofSeconds(20));

        assertThat(numbers(2)).containsExactly("1", "last");
        assertThat(threads).noneMatch(Thread::isAlive);
        assertThat(warnings).isEmpty();
    }

    @Test
    void close_duringAPauseOrAfterABrokenAnswer_triesOnceMore() throws InterruptedException {
        server.next(503, "Retry-After", "3600");
        server.next(503);
        start(SELDOM, Optional.empty());
        Receiver.await(() -> counts.failed() == 1);
        close(Duration.ofSeconds(20));

        assertThat(numbers(2)).containsExactly("1", "last");
        assertThat(infos).hasSize(1);
    }

    @Test
    void close_whileTheServerHangs_endsInTime() throws InterruptedException {
        server.nextHangs().nextHangs().nextHangs();
        start(SELDOM, Optional.empty());
        Receiver.await(() -> server.requests().size() == 1);
        close(Duration.ofSeconds(2));

        for (Thread thread : threads) {
            thread.join(10_000);
        }
        assertThat(threads).noneMatch(Thread::isAlive);
        assertThat(warnings).last().asString().contains("last figures did not reach");
    }

    @Test
    void close_whileOneRequestHangs_stillSendsTheLastOnes() throws InterruptedException {
        server.nextHangs();
        start(SELDOM, Optional.empty());
        Receiver.await(() -> server.requests().size() == 1);
        close(Duration.ofSeconds(4));

        assertThat(numbers(2)).containsExactly("1", "last");
    }

    /** Once each: an error while figures are taken, while they are sent, and while that is told. */
    @Test
    void memoryThatIsShortForAMoment_endsNothingAndLosesNothing() {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger told = new AtomicInteger();
        Target target = target(server.uri("/").toString(), Optional.empty());
        Numbers numbers = new Numbers(target);
        loop = new PushLoop(
                "export.remote_write",
                new Route() {
                    @Override
                    public byte[] take() {
                        if (taken.get() == 2 && asked.get() < 10) {
                            asked.set(10);
                            throw new StackOverflowError("in take");
                        }
                        return numbers.take();
                    }

                    @Override
                    public void last(BodyQueue bodies) {}

                    @Override
                    public HttpRequest request(byte[] body) {
                        if (asked.getAndIncrement() == 0) {
                            throw new OutOfMemoryError("in request");
                        }
                        return numbers.request(body);
                    }
                },
                target,
                queue,
                counts,
                OFTEN,
                Duration.ofMillis(10),
                line -> {
                    if (told.getAndIncrement() == 0) {
                        throw new OutOfMemoryError("in telling");
                    }
                    warnings.add(line);
                },
                infos::add);
        loop.start(threads::add);
        Receiver.await(() -> asked.get() >= 10 && server.taken().size() >= 4);

        assertThat(numbers(4)).containsExactly("1", "2", "3", "4");
        assertThat(counts.dropped()).isZero();
        assertThat(counts.failed()).isGreaterThanOrEqualTo(2);
        assertThat(warnings).anyMatch(line -> line.contains("in take"));
        assertThat(threads).allMatch(Thread::isAlive);
    }

    @Test
    void close_whereTheLastFiguresCannotBeWritten_sendsWhatWaits() throws InterruptedException {
        server.next(503, "Retry-After", "3600");
        Target target = target(server.uri("/").toString(), Optional.empty());
        Numbers numbers = new Numbers(target);
        loop = loop(
                new Route() {
                    @Override
                    public byte[] take() {
                        return numbers.take();
                    }

                    @Override
                    public void last(BodyQueue bodies) throws IOException {
                        throw new IOException("no last figures");
                    }

                    @Override
                    public HttpRequest request(byte[] body) {
                        return numbers.request(body);
                    }
                },
                target,
                SELDOM);
        loop.start(threads::add);
        Receiver.await(() -> counts.failed() == 1);
        close(Duration.ofSeconds(20));

        assertThat(numbers(1)).containsExactly("1");
        assertThat(warnings).anyMatch(line -> line.contains("no last figures"));
    }

    @Test
    void figuresThatAreRefused_areToldToTheRoute() {
        List<String> refused = new CopyOnWriteArrayList<>();
        server.next(400);
        Target target = target(server.uri("/").toString(), Optional.empty());
        Numbers numbers = new Numbers(target);
        loop = loop(
                new Route() {
                    @Override
                    public byte[] take() {
                        return numbers.take();
                    }

                    @Override
                    public void last(BodyQueue bodies) {}

                    @Override
                    public HttpRequest request(byte[] body) {
                        return numbers.request(body);
                    }

                    @Override
                    public void refused(byte[] body) {
                        refused.add(new String(body, StandardCharsets.UTF_8));
                    }
                },
                target,
                OFTEN);
        loop.start(threads::add);
        Receiver.await(() -> server.taken().size() >= 2);
        assertThat(refused).containsExactly("1");
    }

    @Test
    void routeThatCannotWrite_isToldOnceAndCounted() {
        loop = loop(
                new Route() {
                    @Override
                    public byte[] take() throws IOException {
                        throw new IOException("no figures");
                    }

                    @Override
                    public void last(BodyQueue bodies) {}

                    @Override
                    public HttpRequest request(byte[] body) {
                        return HttpRequest.get(server.uri("/"));
                    }
                },
                target(server.uri("/").toString(), Optional.empty()),
                OFTEN);
        loop.start(threads::add);
        Receiver.await(() -> counts.failed() >= 3);
        assertThat(warnings).singleElement().asString().contains("no figures");
    }

    private void close(Duration limit) throws InterruptedException {
        loop.beginClose(System.nanoTime() + limit.toNanos());
        loop.awaitClose();
    }

    private List<String> numbers(int count) {
        return server.taken().stream().limit(count).map(PushLoopTest::body).toList();
    }

    private static String body(Receiver.Request request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void start(Duration interval, Optional<Path> auth) {
        start(server.uri("/").toString(), interval, auth);
    }

    private void start(String url, Duration interval, Optional<Path> auth) {
        Target target = target(url, auth);
        loop = loop(new Numbers(target), target, interval);
        loop.start(threads::add);
    }

    private Target target(String url, Optional<Path> auth) {
        return Objects.requireNonNull(Target.of("export.remote_write", url, auth, warnings::add));
    }

    private PushLoop loop(Route route, Target target, Duration interval) {
        return new PushLoop(
                "export.remote_write",
                route,
                target,
                queue,
                counts,
                interval,
                Duration.ofMillis(10),
                warnings::add,
                infos::add);
    }
}
