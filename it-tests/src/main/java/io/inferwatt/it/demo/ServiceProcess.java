package io.inferwatt.it.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service in a JVM of its own with the agent attached. Every line that it prints is passed on. */
final class ServiceProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(10);
    private static final Pattern METRICS = Pattern.compile("metrics at (http://\\S+)");

    private final Process process;
    private final CompletableFuture<List<String>> ready = new CompletableFuture<>();
    private final CompletableFuture<URI> metrics = new CompletableFuture<>();

    private ServiceProcess(Process process) {
        this.process = process;
    }

    /** Starts the JVM with this JVM's class path; what it prints goes to {@code output}, each line marked. */
    static ServiceProcess start(Path agent, StandInProvider provider, PrintStream output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(agent, provider));
        // Not as an argument: ONNX Runtime 1.29.0 ends the JVM where its command line has some 4,000 characters.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        ServiceProcess service = new ServiceProcess(builder.start());
        relay(service.process.getInputStream(), "service-output", line -> service.heed(line, output));
        relay(service.process.getErrorStream(), "service-errors", line -> service.heed(line, output));
        return service;
    }

    private static List<String> command(Path agent, StandInProvider provider) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The stand-in is on this machine, but stands for one that is not.
        command.add("-javaagent:" + agent + "=http.port=0,log.level=info,service.name=model-demo,remote.hosts="
                + provider.host() + "=openai");
        command.add("-D" + RemoteModel.ADDRESS + "=" + provider.address());
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        // The tokenizers' native library ships in its jar; nothing may be looked for on the network.
        command.add("-Dai.djl.offline=true");
        // The JDK's server sends header and body apart; with Nagle's algorithm an answer would wait 40 ms for the
        // second.
        command.add("-Dsun.net.httpserver.nodelay=true");
        command.add(ServiceMain.class.getName());
        return command;
    }

    private static void relay(InputStream stream, String name, Consumer<String> reader) {
        Thread thread = new Thread(
                () -> {
                    try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
                        lines.lines().forEach(reader);
                    } catch (IOException | UncheckedIOException closed) {
                        reader.accept("its output could not be read any more: " + closed.getMessage());
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private void heed(String line, PrintStream output) {
        output.println("  [service] " + line);
        if (line.startsWith(ServiceMain.READY)) {
            ready.complete(List.of(line.substring(ServiceMain.READY.length()).split(" ", -1)));
        }
        Matcher start = METRICS.matcher(line);
        if (start.find()) {
            metrics.complete(URI.create(start.group(1)));
        }
    }

    /** Waits until the service listens. */
    URI address() throws IOException, InterruptedException {
        return URI.create(await(ready, "the service's address").get(0));
    }

    /** Waits until the service listens; returns the cards of its models. */
    List<ModelCard> models() throws IOException, InterruptedException {
        List<String> words = await(ready, "the service's models");
        return words.stream().skip(1).map(ModelCard::ofWord).toList();
    }

    /** Waits for the agent's start line, which tells where its metrics are. */
    URI metrics() throws IOException, InterruptedException {
        return await(metrics, "the agent's start line with the address of /metrics");
    }

    /** Returns a future that completes when the service has ended. */
    CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    private <T> T await(CompletableFuture<T> future, String what) throws IOException, InterruptedException {
        try {
            CompletableFuture.anyOf(future, process.onExit()).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new IOException("waited " + PATIENCE.toSeconds() + " s in vain for " + what, late);
        } catch (ExecutionException failure) {
            throw new IOException(what + " never came: " + failure.getMessage(), failure);
        }
        if (!future.isDone()) {
            throw new IOException(what + " never came: the service ended with exit code " + process.exitValue());
        }
        return future.join();
    }

    /** Ends the service: by the end of its input, and by force if that takes too long. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(LONGEST_FAREWELL.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
