package io.inferwatt.core.budget;

import io.inferwatt.core.net.Background;
import io.inferwatt.core.net.HttpAnswer;
import io.inferwatt.core.net.HttpRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a server of crossings, with a POST of JSON. Tries again where that may help: no answer, 408, 429, 5xx. Path, query and user in
 * the address may be secrets, so lines name the host alone. Safe from all threads.
 */
final class Webhook {

    /** How long after each attempt that failed the next one comes. */
    static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15));

    private static final long LONGEST_PAUSE_SECONDS = 3600;

    private final URI uri;
    private final @Nullable String authorization;
    private final String host;
    private final Background background;
    private final List<Duration> pauses;
    private final Duration deadline;
    private final Consumer<String> warnings;
    private final AtomicLong failures = new AtomicLong();

    private Webhook(URI uri, Background background, List<Duration> pauses, Duration deadline, Consumer<String> warnings)
            throws URISyntaxException {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        // Put together as text: resolved, a path that begins with two slashes would be another server's address.
        this.uri = new URI(uri.getScheme() + "://" + uri.getHost() + port + withoutServer(uri));
        String user = uri.getUserInfo();
        this.authorization = user == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        this.host = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        this.background = background;
        this.pauses = pauses;
        this.deadline = deadline;
        this.warnings = warnings;
    }

    private static String withoutServer(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return path + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    /** Returns the one that the settings name; null, and a line, if that is no address. */
    static @Nullable Webhook of(String url, Background background, Consumer<String> warnings) {
        return of(url, background, PAUSES, Duration.ofSeconds(10), warnings);
    }

    static @Nullable Webhook of(
            String url, Background background, List<Duration> pauses, Duration deadline, Consumer<String> warnings) {
        try {
            URI uri = new URI(url.strip());
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null) {
                return new Webhook(uri, background, pauses, deadline, warnings);
            }
        } catch (URISyntaxException noAddress) {
            // What it says would print the address, which may hold a secret.
        }
        warnings.accept(
                "budget.webhook: its value, not shown here, is no address; allowed: a URL with http or https and a"
                        + " host; nobody is told of budgets over the network");
        return null;
    }

    /** Returns attempts that failed; never falls. */
    long failures() {
        return failures.get();
    }

    void tell(BudgetCrossing crossing, String service) {
        String json = json(crossing, service);
        background.once("budget webhook", Duration.ZERO, () -> attempt(json, crossing.budget(), 0));
    }

    private void attempt(String json, String budget, int earlier) {
        String why;
        boolean again = true;
        long pauseSeconds = 0;
        try {
            HttpRequest request = HttpRequest.post(uri, "application/json", json);
            HttpAnswer answer =
                    (authorization == null ? request : request.with("Authorization", authorization)).send(deadline);
            if (answer.isOk()) {
                return;
            }
            why = "answer " + answer.status();
            again = answer.status() == 408 || answer.status() == 429 || answer.status() >= 500;
            pauseSeconds = Math.min(LONGEST_PAUSE_SECONDS, answer.retryAfterSeconds());
        } catch (IOException | RuntimeException none) {
            why = "no answer, " + none.getClass().getSimpleName();
        }
        failures.incrementAndGet();
        if (again && earlier < pauses.size()) {
            Duration pause = pauses.get(earlier);
            Duration asked = Duration.ofSeconds(pauseSeconds);
            background.once(
                    "budget webhook",
                    asked.compareTo(pause) > 0 ? asked : pause,
                    () -> attempt(json, budget, earlier + 1));
        } else {
            warnings.accept("budget.webhook: " + host + " was not told of budget " + budget + " after " + (earlier + 1)
                    + (earlier == 0 ? " attempt: " : " attempts: ") + why);
        }
    }

    private static String json(BudgetCrossing crossing, String service) {
        StringBuilder json = new StringBuilder("{");
        text(json, "event", "budget_threshold").append(',');
        text(json, "budget", crossing.budget()).append(',');
        text(json, "service", service).append(',');
        text(json, "kind", crossing.kind().label()).append(',');
        text(json, "unit", crossing.kind().unit()).append(',');
        number(json, "threshold_percent", crossing.thresholdPercent()).append(',');
        number(json, "consumed", crossing.consumed()).append(',');
        number(json, "limit", crossing.limit()).append(',');
        number(json, "window_start", crossing.windowStartEpochSeconds()).append(',');
        number(json, "window_end", crossing.windowEndEpochSeconds()).append(',');
        text(json, "zone", crossing.zone()).append(',');
        return text(json, "text", crossing.text()).append('}').toString();
    }

    private static StringBuilder number(StringBuilder json, String key, double value) {
        return json.append('"')
                .append(key)
                .append("\":")
                .append(new BigDecimal(Double.toString(value)).toPlainString());
    }

    private static StringBuilder text(StringBuilder json, String key, String value) {
        json.append('"').append(key).append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"');
    }
}
