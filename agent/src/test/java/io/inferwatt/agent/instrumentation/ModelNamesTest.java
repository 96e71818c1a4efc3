package io.inferwatt.agent.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelNamesTest {

    @ParameterizedTest
    @CsvSource({
        "/models/all-minilm-l6-v2.onnx, all-minilm-l6-v2",
        "C:\\models\\bert.v2.onnx, bert.v2",
        "model, model",
        "/models/.hidden, .hidden",
        "/models/, unknown",
    })
    void of_path_isTheFilesStem(String path, String name) {
        assertThat(ModelNames.of(path)).isEqualTo(name);
    }

    @Test
    void of_bytes_isTheSameForEqualContentAndTellsEndsApart() {
        byte[] model = new byte[3_000_000];
        String name = ModelNames.of(model);
        assertThat(name).matches("3\\.0MB-[0-9a-f]{8}");
        assertThat(ModelNames.of(ByteBuffer.wrap(model.clone()).position(7))).isEqualTo(name);

        byte[] otherTail = model.clone();
        otherTail[otherTail.length - 1] = 1;
        assertThat(ModelNames.of(otherTail)).isNotEqualTo(name);
        byte[] otherHead = model.clone();
        otherHead[0] = 1;
        assertThat(ModelNames.of(otherHead)).isNotEqualTo(name);
    }

    @Test
    void of_anythingElse_isUnknown() {
        assertThat(ModelNames.of(42)).isEqualTo("unknown");
        assertThat(ModelNames.of(null)).isEqualTo("unknown");
    }
}
