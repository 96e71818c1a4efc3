package io.inferwatt.it.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferwatt.it.jvm.Launch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;

/**
 * Chromium without a window, driven over the protocol of WebDriver (W3C) and, for what that lacks, of its developer tools. Needs no
 * library but that for JSON.
 */
final class Browser implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final String MISSING =
            CHROMIUM + " or " + DRIVER + " is not here (Debian packages chromium and chromium-driver)";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int WIDEST_PHONE = 600;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One that fails to start its session is asked again while the driver starts. */
    private final Process driver;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String address;
    private final String session;

    private Browser(Process driver, int port) {
        this.driver = driver;
        this.address = "http://127.0.0.1:" + port;
        await("the driver", () -> ask("GET", "/status", null).at("/ready").asBoolean());
        this.session = "/session/" + newSession().at("/sessionId").asText();
    }

    /** Starts one; where there is none the test is skipped and says so. */
    static Browser start(Path folder) throws IOException {
        boolean here = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
        if (!here) {
            System.err.println("skipped: " + MISSING);
        }
        Assumptions.assumeTrue(here, MISSING);
        int port = Launch.freePort();
        Process driver = new ProcessBuilder(DRIVER.toString(), "--port=" + port, "--silent")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("chromedriver.log").toFile())
                .start();
        try {
            return new Browser(driver, port);
        } catch (RuntimeException | Error failed) {
            driver.destroyForcibly();
            throw failed;
        }
    }

    private JsonNode newSession() {
        Map<String, Object> options = Map.of(
                "binary",
                CHROMIUM.toString(),
                "args",
                List.of("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars"));
        return ask(
                "POST",
                "/session",
                Map.of(
                        "capabilities",
                        Map.of(
                                "alwaysMatch",
                                Map.of(
                                        "goog:chromeOptions",
                                        options,
                                        "goog:loggingPrefs",
                                        Map.of("browser", "ALL", "performance", "ALL")))));
    }

    private JsonNode ask(String method, String path, Object body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                    .timeout(PATIENCE)
                    .method(
                            method,
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(method + " " + path + ": " + answer.body());
            }
            return JSON.readTree(answer.body()).get("value");
        } catch (IOException unreachable) {
            throw new IllegalStateException(method + " " + path + " of the browser's driver", unreachable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    void open(String url) {
        ask("POST", session + "/url", Map.of("url", url));
    }

    /** Runs a script, a function's body, and returns what it returns. */
    JsonNode run(String script) {
        return ask("POST", session + "/execute/sync", Map.of("script", script, "args", List.of()));
    }

    /** Runs a script that calls its last argument when it is done. */
    JsonNode runLong(String script) {
        return ask("POST", session + "/execute/async", Map.of("script", script, "args", List.of()));
    }

    /** Returns what a person sees in the element that a selector finds. */
    String text(String selector) {
        return run("return document.querySelector(" + quoted(selector) + ").innerText")
                .asText();
    }

    static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Presses one key, as {@code WebDriver} writes it. */
    void press(String key) {
        ask(
                "POST",
                session + "/actions",
                Map.of(
                        "actions",
                        List.of(Map.of(
                                "type",
                                "key",
                                "id",
                                "keyboard",
                                "actions",
                                List.of(
                                        Map.of("type", "keyDown", "value", key),
                                        Map.of("type", "keyUp", "value", key))))));
    }

    private JsonNode tools(String command, Map<String, Object> parameters) {
        return ask("POST", session + "/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
    }

    /** Makes the page think that it is on such a screen. */
    void screen(int width, boolean dark) {
        tools(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < WIDEST_PHONE));
        tools(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "media",
                        "",
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** Writes the whole page, not only what fits on the screen. */
    void picture(Path file) throws IOException {
        JsonNode size = tools("Page.getLayoutMetrics", Map.of()).get("cssContentSize");
        JsonNode picture = tools(
                "Page.captureScreenshot",
                Map.of(
                        "format",
                        "png",
                        "captureBeyondViewport",
                        true,
                        "clip",
                        Map.of(
                                "x",
                                0,
                                "y",
                                0,
                                "width",
                                size.get("width").asInt(),
                                "height",
                                size.get("height").asInt(),
                                "scale",
                                1)));
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(picture.get("data").asText()));
    }

    /** Returns what the console was told since it was asked last. */
    List<String> console() {
        List<String> lines = new ArrayList<>();
        ask("POST", session + "/se/log", Map.of("type", "browser"))
                .forEach(entry -> lines.add(
                        entry.at("/level").asText() + " " + entry.at("/message").asText()));
        return lines;
    }

    /** Returns all addresses that pages asked for since this was asked last. */
    List<String> requested() throws IOException {
        List<String> addresses = new ArrayList<>();
        for (JsonNode entry : ask("POST", session + "/se/log", Map.of("type", "performance"))) {
            JsonNode event = JSON.readTree(entry.at("/message").asText()).get("message");
            if (event.at("/method").asText().equals("Network.requestWillBeSent")) {
                addresses.add(event.at("/params/request/url").asText());
            }
        }
        return addresses;
    }

    /** Waits until something is so. */
    static void await(String what, Condition condition) {
        long begin = System.nanoTime();
        Throwable last = null;
        while (System.nanoTime() - begin < LONGEST_NANOS) {
            try {
                if (condition.holds()) {
                    return;
                }
                last = null;
            } catch (Exception | AssertionError notYet) {
                last = notYet;
            }
            LockSupport.parkNanos(BETWEEN_NANOS);
        }
        throw new AssertionError("waited for " + what, last);
    }

    /** What a test waits for; one that fails does not hold yet. */
    interface Condition {

        boolean holds() throws Exception;
    }

    @Override
    public void close() {
        try {
            ask("DELETE", session, null);
        } finally {
            driver.destroy();
        }
    }
}
