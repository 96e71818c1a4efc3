package io.inferwatt.it.live;

import io.inferwatt.it.demo.MeterPage;
import io.inferwatt.it.demo.MetricsText;
import io.inferwatt.it.live.Judgement.Model;
import io.inferwatt.it.live.Judgement.Part;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One {@link EmbeddingApplication} under a meter: lets it call, and compares what the meter says with the truth. */
public final class LiveRun {

    private static final String ENERGY = "inferwatt_energy_joules_total";
    private static final String UNATTRIBUTED = "inferwatt_unattributed_energy_joules_total";
    private static final String LAST_READING = "inferwatt_sampler_last_success_timestamp_seconds";
    private static final String SOURCE = "rapl-powercap";

    private final Conversation application;
    private final LoadDriver driver;
    private final MeterPage meter;
    private final List<String> models;
    private int orders;
    private long requests;

    private LiveRun(Conversation application, LoadDriver driver, MeterPage meter, List<String> models) {
        this.application = application;
        this.driver = driver;
        this.meter = meter;
        this.models = models;
    }

    /** Meets an application that has just been started, and tells the driver of its threads. */
    public static LiveRun meet(Conversation application, Workload workload, LoadDriver driver)
            throws IOException, InterruptedException {
        driver.follow(Long.parseLong(application.awaitOut(EmbeddingApplication.PROCESS)));
        String threads = application.awaitOut(EmbeddingApplication.THREADS);
        driver.assign(ModelThread.parse(threads), CallBoard.open(workload.board()));
        URI metrics = URI.create(application.awaitErr("metrics at "));
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
        return new LiveRun(
                application,
                driver,
                new MeterPage(metrics, client),
                workload.models().stream().map(ModelLoad::name).toList());
    }

    /** Lets all models be called for so long; returns the number of calls of each. */
    public List<Long> call(double seconds) throws IOException, InterruptedException {
        application.tell("" + seconds);
        List<Long> calls = new ArrayList<>();
        for (String count : application
                .awaitOut(EmbeddingApplication.CALLED + ++orders + " ")
                .split(" ", -1)) {
            calls.add(Long.valueOf(count));
            requests += Long.parseLong(count);
        }
        return calls;
    }

    /** What the meter said when no call was in flight, and the truth of the moment of its last reading. */
    public record Reading(MetricsText page, TrueEnergy truth) {}

    /** Waits until the meter has settled all calls. */
    public Reading read() throws IOException, InterruptedException {
        MetricsText page = meter.readSettled(requests);
        return new Reading(page, driver.at(page.sum(LAST_READING, "source", SOURCE)));
    }

    /**
     * Compares.
     *
     * @param calls of each model between the two readings
     */
    public Judgement judge(Reading before, Reading after, List<Long> calls) {
        List<Model> verdicts = new ArrayList<>();
        for (int i = 0; i < models.size(); i++) {
            String model = models.get(i);
            Part dynamic = new Part(
                    rise(before, after, ENERGY, "model", model, "component", "cpu"),
                    after.truth.models().get(i) - before.truth.models().get(i));
            Part idleShare = new Part(
                    rise(before, after, "inferwatt_idle_share_joules_total", "model", model, "component", "cpu"),
                    after.truth.idleShares().get(i) - before.truth.idleShares().get(i));
            long metered = Math.round(rise(before, after, "inferwatt_requests_total", "model", model));
            verdicts.add(new Model(model, calls.get(i), metered, dynamic, idleShare));
        }
        return new Judgement(
                String.join(" ", after.page.labelValues("inferwatt_measurement_info", "method")),
                after.truth.epochSeconds() - before.truth.epochSeconds(),
                rise(before, after, "inferwatt_sampler_samples_total", "source", SOURCE),
                verdicts,
                new Part(unattributed(before, after, "runtime"), after.truth.runtime() - before.truth.runtime()),
                new Part(unattributed(before, after, "other"), after.truth.other() - before.truth.other()),
                new Part(unattributed(before, after, "idle"), after.truth.idle() - before.truth.idle()),
                new Part(
                        rise(before, after, "inferwatt_source_energy_joules_total", "component", "cpu"),
                        after.truth.total() - before.truth.total()));
    }

    private static double unattributed(Reading before, Reading after, String reason) {
        return rise(before, after, UNATTRIBUTED, "component", "cpu", "reason", reason);
    }

    private static double rise(Reading before, Reading after, String name, String... labels) {
        return after.page.sum(name, labels) - before.page.sum(name, labels);
    }
}
