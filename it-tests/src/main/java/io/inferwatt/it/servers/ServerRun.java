package io.inferwatt.it.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/**
 * One server's process. It chooses its port itself, so that no other process can take it first, and ends with this JVM however that
 * ends: the kernel kills it when the thread is gone that started it, which is the one that reads its output.
 */
final class ServerRun implements AutoCloseable {

    private static final String LISTENING = "msg=\"Listening on\"";
    private static final String ADDRESS = "address=";
    private static final int KEPT_LINES = 200;
    private static final long READY_SECONDS = 60;
    private static final long END_SECONDS = 20;

    private final RealServer server;
    private final Deque<String> lines = new ConcurrentLinkedDeque<>();
    private final CompletableFuture<Process> started = new CompletableFuture<>();
    private final CompletableFuture<URI> listening = new CompletableFuture<>();
    private final Thread reader;

    private ServerRun(RealServer server, ProcessBuilder builder) {
        this.server = server;
        reader = new Thread(() -> run(builder), server.command());
        reader.setDaemon(true);
    }

    /** Starts a server and waits until it is ready; throws {@link IOException} with its last lines if it never is. */
    static ServerRun start(RealServer server, Path folder, List<String> options) throws IOException {
        Path program = server.path().orElseThrow(() -> new IOException(server.missing()));
        List<String> command = new ArrayList<>();
        RealServer.find("setpriv").ifPresent(tool -> command.addAll(List.of(tool.toString(), "--pdeathsig", "KILL")));
        command.add(program.toString());
        command.addAll(options);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        ServerRun run = new ServerRun(server, builder);
        run.reader.start();
        run.awaitReady();
        return run;
    }

    private void run(ProcessBuilder builder) {
        try {
            Process process = builder.start();
            // Where there is no setpriv, at least an orderly end of this JVM takes it along.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            started.complete(process);
            process.inputReader(UTF_8).lines().forEach(this::keep);
        } catch (IOException | RuntimeException failed) {
            started.completeExceptionally(failed);
        }
        listening.completeExceptionally(new IOException(server.command() + " has ended"));
    }

    private void keep(String line) {
        lines.add(line);
        if (lines.size() > KEPT_LINES) {
            lines.poll();
        }
        if (line.contains(LISTENING)) {
            String address = line.substring(line.lastIndexOf(ADDRESS) + ADDRESS.length());
            listening.complete(URI.create("http://" + address.strip()));
        }
    }

    private void awaitReady() throws IOException {
        try {
            URI base = listening.orTimeout(READY_SECONDS, TimeUnit.SECONDS).join();
            new Web(base).awaitOk("/-/ready", READY_SECONDS);
        } catch (CompletionException | IOException failed) {
            close();
            throw new IOException("did not become ready: " + this, failed);
        }
    }

    /** Returns the address, without a path. */
    URI address() {
        return listening.join();
    }

    long pid() {
        return started.join().pid();
    }

    /** Ends it in order, so that its data are on disk, or by force after some seconds; a second time it does nothing. */
    @Override
    public void close() {
        if (started.isCompletedExceptionally()) {
            return;
        }
        Process process = started.join();
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            reader.join();
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the last lines that it wrote. */
    String log() {
        return String.join("\n", lines);
    }

    @Override
    public String toString() {
        return server.command() + ", whose last lines are\n" + log();
    }
}
