package io.inferwatt.it.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwatt.core.facade.MeteredCall;
import io.inferwatt.it.app.NamedCalls;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live page of the packaged agent in Chromium. */
class LivePageIT {

    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final String EVIL = "<img src=x onerror=document.title='hacked'>";
    private static final String SMALL = "small-embedder";
    private static final String LARGE = "large-embedder";
    private static final String TAB = "\uE004";
    private static final int DESK = 1280;
    private static final int PHONE = 390;

    /** Three digits are shown. */
    private static final double ROUNDING = 0.0051;

    @TempDir
    Path folder;

    private Browser browser;
    private AgentRun run;
    private Endpoint endpoint;
    private String base;

    @BeforeEach
    void start() throws Exception {
        browser = Browser.start(folder);
        run = Launch.of(AgentRun.javas().get(0))
                .classPath(Launch.whereIs(MeteredCall.class))
                .agent(
                        "http.port=0",
                        "service.name=shop",
                        "carbon.intensity=400",
                        "budget.tiny.limit=0.001 J",
                        "budget.tiny.model=" + SMALL,
                        "budget.tiny.zone=UTC",
                        "budget.early.limit=5 kWh",
                        "budget.early.thresholds=0.000001;100",
                        "budget.early.zone=UTC",
                        "budget.roomy.limit=5 kg",
                        "budget.state.file=" + folder.resolve("state"))
                .main(NamedCalls.class);
        endpoint = Endpoint.of(run);
        String address = run.awaitErr("metrics at ");
        base = address.substring(address.indexOf("http://"), address.indexOf("/metrics") + 1);
    }

    @AfterEach
    void stop() {
        if (run != null) {
            run.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    private void open(String query) {
        browser.open(base + query);
        Browser.await(
                "figures",
                () -> browser.run("return document.documentElement.dataset.ready")
                        .asText()
                        .equals("true"));
    }

    private void call(int times, String model) throws Exception {
        run.say(times + " " + model);
        run.awaitOut("did " + times + " " + model);
    }

    /** Returns a cell of a model's row as a person reads it. */
    private String cell(String model, int column) {
        return browser.run("for (const row of document.querySelectorAll('#models tr')) {"
                        + "if (row.querySelector('.name').textContent === " + Browser.quoted(model) + ")"
                        + "return row.children[" + column
                        + "].querySelector('.c').firstChild.textContent; } return null;")
                .asText();
    }

    /** Returns the figure of for instance {@code 1.23 kJ}, in the unit without prefix. */
    private static double figure(String text) {
        int unit = text.lastIndexOf('\u00a0');
        String number = text.substring(0, unit).replace("\u00a0", "");
        String prefix = text.substring(unit + 1).length() > 1 ? text.substring(unit + 1, unit + 2) : "";
        double factor = switch (prefix) {
            case "" -> 1;
            case "n" -> 1e-9;
            case "\u00b5" -> 1e-6;
            case "m" -> 1e-3;
            case "k" -> 1e3;
            default -> throw new AssertionError("unit of '" + text + "'");
        };
        return Double.parseDouble(number) * factor;
    }

    private static String of(String model) {
        return "model=\"" + model + "\"";
    }

    private static void assertShown(String text, double metric) {
        assertThat(figure(text)).as(text).isCloseTo(metric, within(ROUNDING * metric));
    }

    private JsonNode violations() throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/axe.min.js")) {
            browser.run(new String(in.readAllBytes(), StandardCharsets.UTF_8) + "; window.axe = axe;");
        }
        return browser.runLong("const done = arguments[0]; axe.run().then("
                + "found => done(found.passes.length < 20 ? ['too few rules ran'] : found.violations.map("
                + "rule => rule.id + ' ' + rule.nodes.map(node => node.html + node.failureSummary))),"
                + "failed => done([String(failed)]));");
    }

    private void assertAccessible(String when) throws IOException {
        assertThat(violations()).as("rules of accessibility broken: " + when).isEmpty();
    }

    @Test
    void page_showsTheFiguresOfTheMetrics_andAsksNobodyElse() throws Exception {
        browser.screen(DESK, false);
        open("");
        assertThat(browser.text("#empty")).startsWith("No call seen yet");
        assertThat(browser.text("#requests")).isEqualTo("0");
        assertThat(browser.text("#energy")).startsWith("\u2013");
        assertAccessible("no call yet");
        browser.picture(PICTURES.resolve("empty.png"));

        call(200, SMALL);
        call(400, LARGE);
        call(5, EVIL);
        endpoint.await(
                "all calls",
                page -> page.sum("inferwatt_requests_total") == 605
                        && page.sum("inferwatt_energy_joules_total", of(LARGE)) > 0);
        // The load has stopped. What both show may settle for a moment yet, at different times.
        Browser.await("the page to show what the metrics tell", () -> {
            MetricsPage metrics = endpoint.read();
            for (String model : List.of(SMALL, LARGE)) {
                double joules = metrics.sum("inferwatt_energy_joules_total", of(model))
                        + metrics.sum("inferwatt_idle_share_joules_total", of(model));
                double requests = metrics.sum("inferwatt_requests_total", of(model));
                assertThat(cell(model, 1)).isEqualTo(String.valueOf((int) requests));
                assertShown(cell(model, 3), joules / requests);
                assertShown(cell(model, 5), joules);
                assertShown(
                        cell(model, 7),
                        metrics.sum("inferwatt_co2e_grams_total", of(model))
                                + metrics.sum("inferwatt_idle_share_co2e_grams_total", of(model)));
            }
            assertShown(
                    browser.text("#energy"),
                    metrics.sum("inferwatt_energy_joules_total") + metrics.sum("inferwatt_idle_share_joules_total"));
            return browser.text("#requests").equals("605");
        });
        assertThat(browser.text("#grid")).startsWith("400\u00a0g/kWh");
        assertThat(browser.text("#who"))
                .isEqualTo("shop \u00b7 "
                        + browser.run("return fetch('api/v1/live').then(a => a.json()).then(l => l.about.host)")
                                .asText()
                        + " \u00b7 process " + run.pid());
        MetricsPage metrics = endpoint.read();
        for (String line : metrics.lines("inferwatt_measurement_info")) {
            for (String label : List.of("source", "quality")) {
                String value = line.split(label + "=\"", 2)[1].split("\"", 2)[0];
                assertThat(browser.text("#sources")).contains(value);
            }
        }
        assertThat(browser.text(".is-live #state")).isEqualTo("Live");

        assertThat(cell(EVIL, 0)).isEqualTo(EVIL);
        assertThat(browser.run("return document.querySelectorAll('#models img').length")
                        .asInt())
                .isZero();
        assertThat(browser.run("return document.title").asText()).endsWith("shop \u00b7 Inferwatt");
        assertThat(browser.requested())
                .contains(base, base + "live.js", base + "api/v1/live", base + "api/v1/events")
                .allMatch(address -> address.startsWith(base) || address.startsWith("data:"));
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void budgets_turnAmberAndRedByThemselves_andThePageIsAccessibleOnAnyScreen() throws Exception {
        browser.screen(DESK, false);
        open("");
        assertThat(budget("tiny")).isEqualTo("budget ok");
        assertThat(budget("early")).isEqualTo("budget ok");
        call(100, SMALL);
        Browser.await("a budget that is used up", () -> budget("tiny").equals("budget used_up"));
        Browser.await("a budget that warns", () -> budget("early").equals("budget warning"));
        assertThat(budget("roomy")).isEqualTo("budget ok");
        assertThat(browser.run("return getComputedStyle(document.querySelector('.budget.used_up .word')).color")
                        .asText())
                .isEqualTo("rgb(187, 43, 43)");
        assertThat(browser.run("return document.querySelector('.budget.used_up [role=meter]').ariaValueText")
                        .asText())
                .endsWith("used, used up");
        assertThat(browser.text("#say")).startsWith("Budget ");
        call(300, LARGE);
        call(40, "tree-ranker");
        Browser.await("power of the models", () -> !browser.text("#power-how").startsWith("All domains"));
        assertAccessible("desk");
        browser.picture(PICTURES.resolve("light.png"));

        browser.screen(DESK, true);
        assertThat(browser.run("return getComputedStyle(document.body).backgroundColor")
                        .asText())
                .isEqualTo("rgb(17, 22, 27)");
        assertAccessible("dark");
        browser.picture(PICTURES.resolve("dark.png"));

        browser.screen(PHONE, false);
        assertThat(browser.run("return document.documentElement.scrollWidth").asInt())
                .as("nothing to scroll sideways")
                .isLessThanOrEqualTo(PHONE);
        assertAccessible("phone");
        browser.picture(PICTURES.resolve("phone.png"));
    }

    private String budget(String name) {
        return browser.run("for (const box of document.querySelectorAll('#budgets article')) {"
                        + "if (box.querySelector('h3').textContent === " + Browser.quoted(name)
                        + ") return box.className; }"
                        + " return null;")
                .asText();
    }

    @Test
    void keyboard_reachesEverythingInOrderAndShowsWhere() throws Exception {
        browser.screen(DESK, false);
        open("");
        List<String> reached = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            browser.press(TAB);
            JsonNode at = browser.run("const at = document.activeElement; return {"
                    + "what: at.id || at.className || at.getAttribute('href') || at.textContent.trim(),"
                    + "outline: getComputedStyle(at).outlineStyle};");
            assertThat(at.get("outline").asText()).as(at.get("what").asText()).isEqualTo("solid");
            reached.add(at.get("what").asText());
        }
        assertThat(reached.subList(0, 3)).containsExactly("skip", "pause", "The chart as a table");
        assertThat(reached.get(3)).startsWith("What the meter found");
        assertThat(reached.subList(4, 9))
                .containsExactly("report", "report.csv", "api/v1/report", "api/v1/live", "metrics");

        browser.run("document.getElementById('pause').focus()");
        browser.press(" ");
        assertThat(browser.text("#state")).isEqualTo("Paused at");
        String before =
                browser.run("return document.getElementById('clock').dateTime").asText();
        call(3, SMALL);
        endpoint.await("the calls", page -> page.sum("inferwatt_requests_total") == 3);
        assertThat(browser.run("return document.getElementById('clock').dateTime")
                        .asText())
                .isEqualTo(before);
        assertThat(browser.text("#requests")).isEqualTo("0");
        browser.press(" ");
        Browser.await("what happened meanwhile", () -> browser.text("#requests").equals("3"));
        assertThat(browser.text("#state")).isEqualTo("Live");
    }

    @Test
    void endOfTheJvm_isSaid_andTheLastFiguresStay() throws Exception {
        browser.screen(DESK, false);
        open("");
        call(20, SMALL);
        Browser.await("the calls", () -> browser.text("#requests").equals("20"));
        assertThat(browser.console()).isEmpty();
        run.close();
        Browser.await("the page to notice", () -> browser.text("#state").equals("No answer since"));
        assertThat(browser.text("#banner")).startsWith("The JVM has ended");
        assertThat(browser.text("#requests")).isEqualTo("20");
        assertThat(browser.run("return document.getElementById('state').getAttribute('role')")
                        .asText())
                .isEqualTo("status");
        assertAccessible("stale");
        browser.picture(PICTURES.resolve("stale.png"));
    }

    @Test
    void stillPage_asksOnce() throws Exception {
        call(20, SMALL);
        endpoint.await("the calls", page -> page.sum("inferwatt_requests_total") == 20);
        browser.screen(DESK, false);
        open("?static=1");
        assertThat(browser.text("#state")).isEqualTo("As of");
        assertThat(browser.text("#requests")).isEqualTo("20");
        assertThat(browser.requested())
                .containsOnlyOnce(base + "api/v1/live")
                .noneMatch(address -> address.contains("events"));
    }
}
