package io.inferwatt.core.footprint.remote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostNameTest {

    @ParameterizedTest
    @CsvSource({
        "API.openai.com, api.openai.com, ''",
        "localhost:4000, localhost, 4000",
        "[::1]:80, ::1, 80",
        "[::1], ::1, ''",
        "::1, ::1, ''",
        "host., host, ''",
        "'', '', ''",
        "'[', '[', ''",
    })
    void host_isTakenApart(String written, String name, String port) {
        assertThat(HostName.of(written)).isEqualTo(new HostName(name, port));
    }

    @ParameterizedTest
    @CsvSource({
        "llm.internal, llm.internal, true",
        "llm.internal:80, llm.internal, true",
        "llm.internal, llm.internal:80, false",
        "a.llm.internal, *.llm.internal, true",
        "a.b.llm.internal:8080, *.llm.internal:8080, true",
        "llm.internal, *.llm.internal, false",
        ".llm.internal, *.llm.internal, false",
        "xllm.internal, *.llm.internal, false",
    })
    void setting_namesHosts(String host, String setting, boolean named) {
        assertThat(HostName.of(host).isNamedBy(HostName.of(setting))).isEqualTo(named);
    }
}
