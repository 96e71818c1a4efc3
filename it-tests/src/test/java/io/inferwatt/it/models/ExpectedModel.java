package io.inferwatt.it.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.it.jvm.MetricsPage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a page has to say of a remote model, reckoned by hand from what the server answered. One thread at a time. */
final class ExpectedModel {

    private static final double EXACT = 1e-6;

    private final String model;
    private final @Nullable TokenJoules size;
    private final Map<String, Integer> requests = new HashMap<>();
    private final Map<String, Integer> reasons = new HashMap<>();
    private long input;
    private long cached;
    private long output;
    private long reasoning;
    private double joules;

    /** @param size what the model is estimated by; null where that is not known */
    ExpectedModel(String model, @Nullable TokenJoules size) {
        this.model = model;
        this.size = size;
    }

    /** A call that ended well and told its tokens. */
    void answered(long inputTokens, long cachedTokens, long outputTokens, long reasoningTokens) {
        count(requests, "ok");
        input += inputTokens;
        cached += cachedTokens;
        output += outputTokens;
        reasoning += reasoningTokens;
        if (size == null) {
            count(reasons, "unknown_model");
        } else {
            joules += size.of(inputTokens, cachedTokens, outputTokens);
        }
    }

    /** A call of which no tokens are known. */
    void silent(String outcome, String reason) {
        count(requests, outcome);
        count(reasons, reason);
    }

    private static void count(Map<String, Integer> counts, String name) {
        counts.merge(name, 1, Integer::sum);
    }

    int requests() {
        return requests.values().stream().mapToInt(Integer::intValue).sum();
    }

    void assertToldBy(MetricsPage page) {
        for (String outcome : List.of("ok", "error", "cancelled")) {
            assertThat(sum(page, "inferwatt_requests_total", "outcome=\"" + outcome + "\""))
                    .as("requests of %s, %s", model, outcome)
                    .isEqualTo((double) requests.getOrDefault(outcome, 0));
        }
        assertThat(sum(page, "inferwatt_remote_requests_total"))
                .as("remote requests of %s", model)
                .isEqualTo((double) requests());
        assertTokens(page);
        for (String reason : List.of("unknown_model", "no_usage", "failed", "no_figure")) {
            assertThat(sum(page, "inferwatt_unestimated_requests_total", "reason=\"" + reason + "\""))
                    .as("unestimated requests of %s, %s", model, reason)
                    .isEqualTo((double) reasons.getOrDefault(reason, 0));
        }
        assertJoules(page);
    }

    private void assertTokens(MetricsPage page) {
        assertThat(sum(page, "inferwatt_tokens_total", "type=\"input\""))
                .as("input of %s", model)
                .isEqualTo((double) input);
        assertThat(sum(page, "inferwatt_tokens_total", "type=\"output\""))
                .as("output of %s", model)
                .isEqualTo((double) output);
        assertThat(sum(page, "inferwatt_tokens_cached_total"))
                .as("cached input of %s", model)
                .isEqualTo((double) cached);
        assertThat(sum(page, "inferwatt_tokens_reasoning_total"))
                .as("reasoning of %s", model)
                .isEqualTo((double) reasoning);
    }

    private void assertJoules(MetricsPage page) {
        double dynamic = sum(page, "inferwatt_energy_joules_total", "component=\"remote\"");
        assertThat(dynamic + sum(page, "inferwatt_idle_share_joules_total", "component=\"remote\""))
                .as("joules of %s, with idle", model)
                .isCloseTo(joules, within(joules * EXACT));
        assertThat(dynamic)
                .as("dynamic joules of %s", model)
                .isCloseTo(joules * TokenJoules.DYNAMIC_SHARE, within(joules * EXACT));
        if (joules > 0) {
            assertThat(sum(page, "inferwatt_remote_bound_joules_total", "bound=\"low\""))
                    .as("low joules of %s", model)
                    .isPositive()
                    .isLessThan(joules);
            assertThat(sum(page, "inferwatt_remote_bound_joules_total", "bound=\"high\""))
                    .as("high joules of %s", model)
                    .isGreaterThan(joules);
        }
    }

    private double sum(MetricsPage page, String family, String... labels) {
        String[] all = List.of(labels).toArray(new String[labels.length + 1]);
        all[labels.length] = "model=\"" + model + "\"";
        return page.sum(family, all);
    }
}
