package io.inferwatt.exporters;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.fuzz.Fuzz;
import io.inferwatt.core.fuzz.Mangler;
import io.inferwatt.core.report.TenantTotals;
import io.inferwatt.exporters.http.Page.Wish;
import io.inferwatt.exporters.live.LivePages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Names of models and tenants as applications may have them. The page of metrics and the JSON stay what they are. */
@Timeout(3600)
class HostileLabelsTest {

    private static final AgentFigures AGENT = AgentFigures.ofLibrary("1.2.3", "machine-1");

    /** As long as the agent lets a name be. */
    private static final int LONGEST_NAME = 120;

    private static String name(Mangler mangler) {
        String name = mangler.text(mangler.oneOf("gpt-4o", "all-minilm-l6-v2", "acme"));
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }

    @Test
    void metricsAndLiveJson() {
        Fuzz.of("names in metrics and JSON", 150).run(mangler -> {
            Snapshots ledger = Snapshots.ofHost(3);
            for (int models = 0; models < 4; models++) {
                ledger.call(name(mangler), name(mangler), Outcome.OK).remoteCall(name(mangler), "chat", Outcome.OK);
            }
            ledger.tenant(new TenantTotals(name(mangler), 60, 400, 0.05, 0.001, 1));
            PrivateRegistry registry = new PrivateRegistry(ledger::now, listener -> {}, 16, AGENT);
            String text = new String(registry.text(), StandardCharsets.UTF_8);
            Exposition page = new Exposition(text);
            assertThat(page.sum("inferwatt_requests_total")).isEqualTo(8);
            assertThat(text.split("\n", -1))
                    .allMatch(line -> line.isEmpty()
                            || line.startsWith("# HELP inferwatt_")
                            || line.startsWith("# TYPE inferwatt_")
                            || line.startsWith("inferwatt_"));
            LivePages pages = new LivePages(ledger::now, List::of, InferwattConfig.DEFAULTS, AGENT, line -> {});
            byte[] live = pages.byPath()
                    .get("/api/v1/live")
                    .answer(new Wish("", false))
                    .body();
            assertThat(JsonParser.parseString(new String(live, StandardCharsets.UTF_8))
                            .isJsonObject())
                    .isTrue();
        });
    }
}
