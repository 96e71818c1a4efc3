package io.inferwatt.it.bench;

import io.inferwatt.it.demo.ServiceMain;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** The demo's service in a JVM of its own, with two of its models: one that computes for milliseconds, and one for microseconds. */
final class LoadedService implements AutoCloseable {

    static final String EMBEDDING = "all-minilm-l6-v2-q";
    static final String TREES = "question-trees";

    /**
     * As production services often have it, and the one way to tell by resident memory what an agent takes: of a heap that may grow,
     * how much has been touched depends on when its collector last ran, 80 MB more or less.
     */
    private static final String[] WHOLE_HEAP = {"-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch"};

    private static final int CONNECTIONS = Runtime.getRuntime().availableProcessors();

    private final ChildJvm child;
    private final ProcessFile process;
    private final ServiceLoad embedding;
    private final ServiceLoad trees;
    private long answered;

    private LoadedService(ChildJvm child, ProcessFile process, URI address) {
        this.child = child;
        this.process = process;
        embedding = new ServiceLoad(address, new PreparedRequests(address, EMBEDDING));
        trees = new ServiceLoad(address, new PreparedRequests(address, TREES));
    }

    /** @param folder the working directory of the service, for what agents write */
    static LoadedService start(Arm arm, Path folder) throws IOException, InterruptedException {
        Arm service = arm.with(WHOLE_HEAP).with("-Dai.djl.offline=true", "-Dsun.net.httpserver.nodelay=true");
        if (Runtime.version().feature() >= 22) {
            service = service.with("--enable-native-access=ALL-UNNAMED");
        }
        ChildJvm child = ChildJvm.startIn(folder, service, ServiceMain.class, EMBEDDING, TREES);
        try {
            String ready = child.awaitOut(ServiceMain.READY);
            URI address = URI.create(ready.substring(0, ready.indexOf(' ')));
            return new LoadedService(child, new ProcessFile(child.pid()), address);
        } catch (IOException | InterruptedException failed) {
            child.close();
            throw failed;
        }
    }

    /** Has both models asked until the code that matters is compiled. */
    void warmUp(Duration duration) throws IOException, InterruptedException {
        askEmbedding(duration.dividedBy(2));
        askTrees(duration.dividedBy(2));
    }

    ServiceLoad.Answers askEmbedding(Duration duration) throws IOException, InterruptedException {
        return counted(embedding.closedLoop(CONNECTIONS, duration));
    }

    ServiceLoad.Answers askTrees(Duration duration) throws IOException, InterruptedException {
        return counted(trees.closedLoop(CONNECTIONS, duration));
    }

    private ServiceLoad.Answers counted(ServiceLoad.Answers answers) {
        answered += answers.count();
        return answers;
    }

    /** Returns the milliseconds of each answer of the embedding model. */
    Figures askEmbeddingEvenly(double requestsPerSecond, Duration duration) throws IOException, InterruptedException {
        Figures millis = embedding.openLoop(requestsPerSecond, duration);
        answered += millis.size();
        return millis;
    }

    ProcessFile process() {
        return process;
    }

    /** Returns how many requests were answered in all. */
    long answered() {
        return answered;
    }

    /** Returns how many of those an Inferwatt agent in it has counted: that it is fast would mean nothing if it did not work. */
    long metered() throws IOException, InterruptedException {
        return AgentPage.of(child).awaitCount(AgentPage.REQUESTS, answered);
    }

    @Override
    public void close() {
        child.close();
    }
}
