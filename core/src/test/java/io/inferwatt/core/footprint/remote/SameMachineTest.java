package io.inferwatt.core.footprint.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SameMachineTest {

    private static final List<String> OWN_NAMES = List.of("Web1.corp.example\n", "", "build-7");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:11434",
                "localhost.",
                "ollama.localhost:8080",
                "127.0.0.1",
                "127.0.0.1:8000",
                "127.255.3.4",
                "::1",
                "[::1]",
                "[::1]:11434",
                "0:0:0:0:0:0:0:1",
                "0.0.0.0:8000",
                "[::]:80",
                "::ffff:127.0.0.1",
                "web1.corp.example",
                "web1",
                "WEB1:9000",
                "build-7:80"
            })
    void ownNamesAndAddresses_areThisMachine(String host) {
        assertThat(SameMachine.of("", OWN_NAMES).covers(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "api.openai.com",
                "127.example.com",
                "127.0.0",
                "1270.0.0.1",
                "128.0.0.1",
                "localhost.example.com",
                "mylocalhost",
                "web1.other.example",
                "web",
                "build-70",
                "fe80::1",
                "[::2]:80",
                "corp.example",
                "[::1",
                "10.0.0.1"
            })
    void others_areNot(String host) {
        assertThat(SameMachine.of("", OWN_NAMES).covers(host)).isFalse();
    }

    @Test
    void proxyOfASetting_isNotThisMachine_onItsPortAlone() {
        SameMachine machine = SameMachine.of(
                "localhost:4000=openai; [::1]:5=self ;nonsense;localhost:11434=ollama;localhost:7=aws.bedrock/nowhere",
                OWN_NAMES);

        assertThat(machine.covers("localhost:4000")).isFalse();
        assertThat(machine.covers("LocalHost:4000")).isFalse();
        assertThat(machine.covers("[::1]:5")).isFalse();
        assertThat(machine.covers("localhost:11434")).isTrue();
        assertThat(machine.covers("localhost")).isTrue();
        assertThat(machine.covers("[::1]:6")).isTrue();
    }

    @Test
    void proxyWithoutAPort_holdsForAllPorts() {
        SameMachine machine = SameMachine.of("localhost=openai;*.localhost=openai", OWN_NAMES);

        assertThat(machine.covers("localhost:4000")).isFalse();
        assertThat(machine.covers("localhost")).isFalse();
        assertThat(machine.covers("a.localhost")).isFalse();
        assertThat(machine.covers("127.0.0.1:4000")).isTrue();
    }

    @Test
    void thisMachine_isAskedForItsName() {
        SameMachine machine = SameMachine.of("");

        assertThat(machine.covers("localhost")).isTrue();
        assertThat(machine.covers("api.openai.com")).isFalse();
    }
}
