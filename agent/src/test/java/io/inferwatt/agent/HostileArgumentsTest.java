package io.inferwatt.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.AgentPremain.EarlySettings;
import io.inferwatt.core.fuzz.Fuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What premain itself reads, on the application's first thread, damaged. */
@Timeout(3600)
class HostileArgumentsTest {

    @Test
    void earlySettings() {
        Fuzz.of("arguments as premain reads them", 2000).run(mangler -> {
            EarlySettings settings =
                    new EarlySettings(mangler.text("enabled=true,config.file=x,methods=a.B#c,http.port=0"));
            boolean disabled = settings.disabled();
            String enabled = settings.apply("enabled");
            assertThat(disabled && enabled == null).isFalse();
        });
        assertThat(new EarlySettings("enabled=no").disabled()).isTrue();
        assertThat(new EarlySettings("enabled=" + "\u0130".repeat(1 << 20)).disabled())
                .isFalse();
    }
}
