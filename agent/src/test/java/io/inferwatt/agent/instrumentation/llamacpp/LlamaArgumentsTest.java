package io.inferwatt.agent.instrumentation.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.instrumentation.LibraryCalls;
import org.junit.jupiter.api.Test;

class LlamaArgumentsTest {

    private static LlamaArguments arguments(String... arguments) {
        return new LlamaArguments(arguments);
    }

    @Test
    void model_isTheStemOfTheFile_orWhatTheLibraryIsToFetch() {
        assertThat(arguments("", "--model", "/models/tiny-1.1b.Q8_0.gguf", "--threads", "2")
                        .model())
                .isEqualTo("tiny-1.1b.Q8_0");
        assertThat(arguments("", "--hf-repo", "someone/tiny-1.1b-GGUF", "--hf-file", "tiny.gguf")
                        .model())
                .isEqualTo("tiny");
        assertThat(arguments("", "--model-url", "https://localhost/tiny.gguf").model())
                .isEqualTo("tiny");
        assertThat(arguments("", "--model-url", "https://user:pass@host/x.gguf?token=eyJh.eyJz.sig")
                        .model())
                .isEqualTo("x");
        assertThat(arguments("", "--hf-repo", "someone/tiny-1.1b-GGUF").model()).isEqualTo("tiny-1.1b-GGUF");
        assertThat(arguments("", "--threads", "2").model()).isEqualTo(LibraryCalls.UNNAMED);
    }

    @Test
    void device_isTheGraphicsCardWhereLayersGoThere() {
        assertThat(arguments("", "--gpu-layers", "99").device()).isEqualTo("gpu");
        assertThat(arguments("", "--gpu-layers", "0").device()).isEqualTo("cpu");
        assertThat(arguments("", "--gpu-layers", "-1").device()).isEqualTo("cpu");
        assertThat(arguments("", "--flash-attn", "--model", "a.gguf").device()).isEqualTo("cpu");
    }

    @Test
    void helpers_areAllThreadsButTheOneThatLeads_whereTheirNumberIsGiven() {
        assertThat(arguments("", "--threads", "1").helpers()).isZero();
        assertThat(arguments("", "--threads", "2", "--threads-batch", "4").helpers())
                .isEqualTo(3);
        assertThat(arguments("", "--threads", "-1").helpers()).isEqualTo(Integer.MAX_VALUE);
        assertThat(arguments("", "--threads", "many").helpers()).isEqualTo(Integer.MAX_VALUE);
        assertThat(arguments("", "--threads-batch", "4").helpers()).isEqualTo(Integer.MAX_VALUE);
    }
}
