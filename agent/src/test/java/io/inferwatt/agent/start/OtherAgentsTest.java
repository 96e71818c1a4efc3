package io.inferwatt.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OtherAgentsTest {

    private static final String ALONE = "java\0-javaagent:/opt/inferwatt-agent.jar=http.port=0\0-jar\0shop.jar\0";

    @Test
    void agentOnItsOwn_hasNoOthers() {
        assertThat(OtherAgents.areThere(ALONE, name -> null)).isFalse();
        assertThat(OtherAgents.areThere(
                        "java\0-jar\0shop.jar\0",
                        Map.of("JAVA_TOOL_OPTIONS", "-javaagent:/opt/inferwatt-agent.jar")::get))
                .isFalse();
    }

    @Test
    void secondAgent_isSeenOnTheCommandLineAndInTheEnvironment() {
        assertThat(OtherAgents.areThere(ALONE + "-javaagent:jacocoagent.jar\0", name -> null))
                .isTrue();
        assertThat(OtherAgents.areThere(ALONE, Map.of("JDK_JAVA_OPTIONS", "-Xmx1g -javaagent:other.jar")::get))
                .isTrue();
    }

    @Test
    void commandLineThatIsUnknown_hasNone() {
        assertThat(OtherAgents.areThere("", name -> null)).isFalse();
    }
}
