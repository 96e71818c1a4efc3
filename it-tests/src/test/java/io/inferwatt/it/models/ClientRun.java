package io.inferwatt.it.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.testservers.WireServer;
import io.inferwatt.core.testservers.WireServer.Reply;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** An application that asks remote models through a client of theirs, line by line, and what is said of it. One thread at a time. */
final class ClientRun {

    private static final String REQUESTS = "inferwatt_requests_total";

    private final AgentRun run;
    private final WireServer server;
    private final Endpoint endpoint;
    private int asked;
    private int attempts;

    /** @param run an application that says {@code done}, the line it was told, and how that ended */
    ClientRun(AgentRun run, WireServer server) throws InterruptedException {
        this.run = run;
        this.server = server;
        endpoint = Endpoint.of(run);
    }

    /** Returns a JVM with the test applications, in which the hosts of providers are this machine. */
    static Launch launch(Path java, Path folder, String... hosts) throws IOException {
        List<String> lines = Stream.of(hosts).map(host -> "127.0.0.1 " + host).toList();
        Path file = Files.write(folder.resolve("hosts"), lines);
        return Launch.of(java).classPathAsVariable().option("-Djdk.net.hosts.file=" + file);
    }

    /** Asks, and waits until the application says that it has seen such an outcome. */
    void ask(String what, String outcome, Reply... replies) throws IOException, InterruptedException {
        String line = what + " " + ++asked; // the same question twice has two answers
        server.answer(replies);
        run.say(line);
        assertThat(run.awaitOut("done " + line + " ")).endsWith(" " + outcome);
    }

    /** Returns how many HTTP requests the server was sent since this was asked before. */
    int attempts() {
        int all = server.requests().size();
        int since = all - attempts;
        attempts = all;
        return since;
    }

    /** Waits until so many requests are counted, and looks whether the page says of each model what it should, and of no other. */
    MetricsPage assertTold(ExpectedModel... models) {
        int requests = Stream.of(models).mapToInt(ExpectedModel::requests).sum();
        MetricsPage page = endpoint.await("all requests", metrics -> metrics.sum(REQUESTS) >= requests);
        assertThat(page.sum(REQUESTS)).isEqualTo(requests);
        for (ExpectedModel model : models) {
            model.assertToldBy(page);
        }
        for (String component : List.of("cpu", "dram")) {
            double read = page.read(component);
            assertThat(page.booked(component)).as(component).isCloseTo(read, within(read * 1e-9));
        }
        assertThat(page.sum("inferwatt_agent_instrumentation_errors_total")).isZero();
        return page;
    }

    /** Returns the line of the log that has a text. */
    String logged(String text) throws InterruptedException {
        return run.awaitErr(text);
    }
}
