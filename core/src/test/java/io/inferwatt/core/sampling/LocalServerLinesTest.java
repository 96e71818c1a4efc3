package io.inferwatt.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.inferwatt.core.host.Listener;
import io.inferwatt.core.host.Listener.State;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LocalServerLinesTest {

    @ParameterizedTest
    @CsvSource({
        "NOBODY,one network namespace",
        "HIDDEN,user 1000",
        "FORWARDER,docker-proxy listens there and only passes on",
        "ANCESTOR,start them one beside the other",
        "NO_SOCKETS,energy.procfs.root"
    })
    void line_namesTheServer_whatIsLost_andWhatWouldHelp(State state, String help) {
        assertThat(LocalServerLines.of("localhost:11434", new Listener(state, 7, "docker-proxy", 11434, 1000)))
                .startsWith("model server localhost:11434: ")
                .contains("counted as that of other processes", help);
    }

    @ParameterizedTest
    @EnumSource(names = {"FOUND", "THIS_PROCESS"})
    void serverThatIsMetered_isNoLoss(State state) {
        Listener found = new Listener(state, 7, "ollama", 11434, 1000);
        assertThatIllegalArgumentException().isThrownBy(() -> LocalServerLines.of("localhost:11434", found));
    }
}
