package io.inferwatt.agent.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

    @ParameterizedTest
    @CsvSource({
        "https://host/tiny.v2.gguf, tiny.v2",
        "https://host/x.gguf?token=eyJh.eyJz.sig, x",
        "https://host/x.gguf#s3cret.part, x",
        "https://host/x.gguf;jsessionid=s3cret.1, x",
        "https://user:s3cret@host/x.gguf, x",
        "https://user:s3cret@host, unknown",
        "https://user:s3cret@host?x=/s3cret, unknown",
        "host/x.gguf?token=s3cret.sig, x",
        "user:s3cret@host, unknown",
        "user:s3cret@host/x.gguf, x",
        "s3cret@host/, unknown",
        "jar:https://user:s3cret@host/app.jar!/models/en.bin, en",
        "file:///models/en-pos.bin, en-pos",
    })
    void ofUrl_isTheStemOfItsPath_andTellsNoSecret(String url, String name) {
        assertThat(ModelNames.ofUrl(url)).isEqualTo(name);
        assertThat(ModelNames.pathOf(url)).doesNotContain("s3cret", "user", "eyJ", "?");
    }

    @Test
    void ofText_isNamedAsItsBytesAre_andCopiesOnlyItsEnds() {
        String model = "tree ".repeat(8_000_000);
        assertThat(ModelNames.ofText("tree")).isEqualTo(ModelNames.of("tree".getBytes(StandardCharsets.UTF_8)));

        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        String name = ModelNames.ofText(model);
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;

        assertThat(allocated).isLessThan(model.length() / 2);
        assertThat(name).isEqualTo(ModelNames.of(model.getBytes(StandardCharsets.UTF_8)));
        assertThat(ModelNames.ofText(model + "!")).isNotEqualTo(name);
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
