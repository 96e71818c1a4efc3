package io.inferwatt.core.footprint.remote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatedSizeTest {

    @ParameterizedTest
    @CsvSource({
        "llama-3.3-70b-versatile, 70, 70, true",
        "qwen2.5-1.5b-instruct, 1.5, 1.5, true",
        "qwen3-235b-a22b-instruct-2507, 22, 235, false",
        "granite-3.1-3b-a800m-instruct, 0.8, 3, false",
        "snowflake-arctic-embed-335m, 0.335, 0.335, true",
        "llama3.1:8b-instruct-q4_0, 8, 8, true",
        "qwen3-embedding-0.6b, 0.6, 0.6, true",
    })
    void size_isReadFromTheName(String name, double active, double total, boolean dense) {
        assertThat(StatedSize.of(name)).isNotNull().satisfies(size -> {
            assertThat(size.activeMin()).isEqualTo(active).isEqualTo(size.activeMax());
            assertThat(size.totalMin()).isEqualTo(total).isEqualTo(size.totalMax());
            assertThat(size.dense()).isEqualTo(dense);
            assertThat(size.origin()).isEqualTo(ModelSize.Origin.NAME);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gpt-4o",
                "phi-4",
                "llama-4-scout-17b-16e-instruct",
                "mixtral-8x7b",
                "olmoe-1b-7b",
                "hunyuan-a13b",
                "qwen1.5-moe-a2.7b",
                "x-0b",
                "x-99999999b",
                "x-.5b",
                "x-5.b",
                "x-1.2.3b",
                "b",
                "m",
                "gemma-3n-e4b",
                "model-1m",
                "x-3b-a30b",
                "nomic-embed-text-v2-moe-475m"
            })
    void size_thatIsNotSaidForSure_isNotRead(String name) {
        assertThat(StatedSize.of(name)).isNull();
    }
}
