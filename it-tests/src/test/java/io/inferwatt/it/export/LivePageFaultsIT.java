package io.inferwatt.it.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwatt.core.facade.MeteredCall;
import io.inferwatt.it.app.NamedCalls;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live page with figures that are missing, old, odd or refused: it says so and goes on. */
class LivePageFaultsIT {

    private static final int DESK = 1280;
    private static final double GPU_WATTS = 5000;
    private static final long HOUR_MILLIS = 3_600_000;

    @TempDir
    Path folder;

    private Browser browser;
    private AgentRun run;
    private LiveTap tap;

    @BeforeEach
    void start() throws Exception {
        browser = Browser.start(folder);
        run = Launch.of(AgentRun.javas().get(0))
                .classPath(Launch.whereIs(MeteredCall.class))
                .agent("http.port=0")
                .main(NamedCalls.class);
        Endpoint.of(run).await("joules", page -> page.read("cpu") > 0);
        String address = run.awaitErr("metrics at ");
        tap = LiveTap.before(
                URI.create(address.substring(address.indexOf("http://"), address.indexOf("/metrics") + 1)));
        browser.screen(DESK, false);
    }

    @AfterEach
    void stop() {
        if (tap != null) {
            tap.close();
        }
        if (run != null) {
            run.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    private void open() {
        browser.open(tap.address());
        Browser.await(
                "figures",
                () -> browser.run("return document.documentElement.dataset.ready")
                        .asText()
                        .equals("true"));
    }

    private String clock() {
        return browser.run("return document.getElementById('clock').dateTime").asText();
    }

    private void awaitEvents(int count) {
        for (int i = 0; i < count; i++) {
            String before = clock();
            Browser.await("another event", () -> !clock().equals(before));
        }
    }

    private int count(String selector) {
        return browser.run("return document.querySelectorAll(" + Browser.quoted(selector) + ").length")
                .asInt();
    }

    @Test
    void figuresThatAreNotKnown_areCalledSo_andThePageGoesOn() {
        tap.change(live -> {
            ((ObjectNode) live.get("grid")).putNull("grams_per_kwh").putNull("pue");
            ((ObjectNode) live.get("own")).putNull("cpu_seconds");
            ((ObjectNode) live.get("total")).put("requests_not_ok", 7);
            live.putArray("notes").add("a note").add("a note");
            live.putArray("findings").add("found").add("found");
        });
        open();
        awaitEvents(3);
        assertThat(browser.text("#grid")).startsWith("not known");
        assertThat(browser.text("#pue")).startsWith("not known");
        assertThat(browser.text("#own-cpu")).contains("not known since the start");
        assertThat(browser.text("#own-watts .q")).isEqualTo("modelled");
        assertThat(browser.text("#requests-how")).contains("7 not ok");
        assertThat(count("#notes li")).isEqualTo(1);
        assertThat(count("#findings li")).isEqualTo(1);
        assertThat(browser.text("#found")).isEqualTo("(1)");
        assertThat(browser.text("#banner")).isEmpty();
        assertThat(browser.text("#state")).isEqualTo("Live");
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void partOfThePageThatBreaks_isNamed_andTheOthersGoOn() throws Exception {
        tap.change(live -> live.put("budgets", 7));
        open();
        run.say("20 small-embedder");
        run.awaitOut("did 20 small-embedder");
        Browser.await("the calls", () -> browser.text("#requests").equals("20"));
        assertThat(browser.text("#banner"))
                .contains("Not up to date", "the budgets")
                .doesNotContain("chart");
        awaitEvents(2);
        assertThat(browser.text("#power-q")).isNotEmpty();
        Browser.await(
                "the CO2e and its quality",
                () -> browser.text("#co2e-q").equals(browser.text("#energy-q"))
                        && !browser.text("#co2e-q").isEmpty());
        tap.change(live -> {});
        Browser.await("all of the page", () -> browser.text("#banner").isEmpty());
    }

    @Test
    void whyNothingNewComes_isSaidAsFarAsTheAnswersTell() {
        open();
        AtomicReference<ObjectNode> old = new AtomicReference<>();
        tap.change(live -> {
            old.compareAndSet(null, live.deepCopy());
            live.set("epoch_millis", old.get().get("epoch_millis"));
        });
        Browser.await("old figures", () -> browser.text("#state").equals("No new figures since"));
        assertThat(browser.text("#banner")).startsWith("The endpoint answers, but with figures of ");
        tap.status(401);
        Browser.await("a refusal", () -> browser.text("#banner").contains("wants another user or password (401)"));
        tap.status(503);
        Browser.await("no figures", () -> browser.text("#banner").contains("has no figures now (503)"));
        tap.close();
        Browser.await("silence", () -> browser.text("#state").equals("No answer since"));
        assertThat(browser.text("#banner")).startsWith("The JVM has ended, or its endpoint does not answer.");
    }

    @Test
    void partsWhosePowerIsNotKnown_areNamed_andLeaveAHoleRatherThanADip() {
        tap.change(gpu(GPU_WATTS));
        open();
        awaitEvents(3);
        tap.change(gpu(Double.NaN));
        Browser.await("the GPU to be missing", () -> browser.text("#power-how").contains("without GPU"));
        awaitEvents(3);
        tap.change(gpu(GPU_WATTS));
        Browser.await("the GPU to be back", () -> !browser.text("#power-how").contains("without GPU"));
        awaitEvents(3);
        String words = browser.run("return document.getElementById('chart').getAttribute('aria-label')")
                .asText();
        assertThat(words).containsPattern("lowest 5[.,0-9]*\u00a0kW");
        assertThat(count("#chart .f-gpu")).as("before and after the hole").isEqualTo(2);
    }

    /** With a GPU that there is not, and a past that begins with the page. */
    private static Consumer<ObjectNode> gpu(double watts) {
        return live -> {
            withoutPast(live);
            ArrayNode domains = (ArrayNode) live.get("domains");
            ObjectNode gpu = domains.get(0).deepCopy();
            gpu.put("domain", "gpu:0").put("component", "gpu").put("in_force", true);
            if (Double.isNaN(watts)) {
                gpu.putNull("watts");
            } else {
                gpu.put("watts", watts);
            }
            domains.add(gpu);
        };
    }

    private static void withoutPast(ObjectNode live) {
        if (live.get("history") instanceof ObjectNode history) {
            history.putArray("epoch_millis");
            history.putObject("watts");
            history.putArray("model_watts");
        }
    }

    @Test
    void clockThatIsPutBack_leavesNoChartThatStandsStill() {
        tap.change(LivePageFaultsIT::withoutPast);
        open();
        awaitEvents(3);
        tap.change(live -> {
            withoutPast(live);
            live.put("epoch_millis", live.get("epoch_millis").asLong() - HOUR_MILLIS);
            live.get("domains")
                    .forEach(domain -> ((ObjectNode) domain)
                            .put(
                                    "last_success_epoch_seconds",
                                    domain.get("last_success_epoch_seconds").asDouble() - HOUR_MILLIS / 1000.0));
        });
        awaitEvents(2);
        String before = area();
        Browser.await("the chart to go on", () -> !area().equals(before));
        assertThat(browser.text("#state")).isEqualTo("Live");
    }

    private String area() {
        return browser.run("return document.querySelector('#chart .area').getAttribute('points')")
                .asText();
    }
}
