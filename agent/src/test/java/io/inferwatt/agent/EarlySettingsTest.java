package io.inferwatt.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.AgentPremain.EarlySettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EarlySettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"enabled=false", "http.port=0,enabled=Off", "enabled= no", "enabled=0"})
    void disabled_inEachSpellingOfFalse_holds(String arguments) {
        assertThat(new EarlySettings(arguments).disabled()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",,=,", "enabled", "enabled=true", "http.enabled=false", "enabled=nonsense"})
    void disabled_inAllOtherCases_doesNot(String arguments) {
        assertThat(new EarlySettings(arguments).disabled()).isFalse();
    }
}
