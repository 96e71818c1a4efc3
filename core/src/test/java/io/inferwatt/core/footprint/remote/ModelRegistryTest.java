package io.inferwatt.core.footprint.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelRegistryTest {

    private static final String HEADER =
            "model,active_params_b_min,active_params_b_max,total_params_b_min,total_params_b_max,arch,modality,precision,source,year\n";

    private final List<String> problems = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "gpt-4o-2024-08-06, 44, 440",
        "openai/gpt-4o, 44, 440",
        "gpt-4.1-nano, 10, 37",
        "gpt-5-mini, 25, 70",
        "o3-mini-2025-01-31, 8, 28",
        "openai.gpt-oss-120b-1:0, 5.1, 117",
        "ft:gpt-4o-mini-2024-07-18:org::id, 8, 28",
        "claude-opus-4, 200, 2000",
        "global.anthropic.claude-sonnet-4-5-20250929-v1:0, 44, 440",
        "claude-haiku-4-5, 10, 35",
        "models/gemini-2.5-flash-lite, 8, 28",
        "gemini-3-flash-preview, 30, 300",
        "gemini-3-flash, 30, 300",
        "mistral-large-2411, 123, 123",
        "mistral-large-2512, 41, 675",
        "mistral-small-latest, 23.6, 23.6",
        "mistral.mixtral-8x7b-instruct-v0:1, 12.9, 46.7",
        "us.meta.llama4-maverick-17b-instruct-v1:0, 17, 400",
        "meta.llama3-1-70b-instruct-v1:0, 70, 70",
        "llama3.1:8b-instruct-q4_0, 8, 8",
        "deepseek-ai/DeepSeek-V3.1, 37, 671",
        "deepseek.r1-v1:0, 37, 671",
        "deepseek-r1:8b, 8, 8",
        "qwen.qwen3-coder-480b-a35b-v1:0, 35, 480",
        "cohere.command-r-plus-v1:0, 104, 104",
        "command-a-03-2025, 111, 111",
        "BAAI/bge-m3, 0.567, 0.567",
        "nomic-embed-text:latest, 0.137, 0.137",
        "intfloat/multilingual-e5-large, 0.55989, 0.55989",
        "thenlper/gte-large, 0.33514, 0.33514",
    })
    void commonModels_areFound(String written, double activeMin, double totalMax) {
        ModelSize size = builtIn().find(written);

        assertThat(size).isNotNull();
        assertThat(size.activeMin()).isEqualTo(activeMin);
        assertThat(size.totalMax()).isEqualTo(totalMax);
        assertThat(size.source()).isNotBlank();
    }

    /** Nobody has published or estimated their size in the tables, or the name stands for different models over time. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "o3",
                "gpt-5.5",
                "claude-opus-4-7",
                "gemini-1.5-pro-002",
                "amazon.nova-pro-v1:0",
                "amazon.titan-text-express-v1",
                "amazon.titan-embed-text-v2:0",
                "text-embedding-3-small",
                "mistral-embed",
                "cohere.embed-english-v3",
                "grok-4",
                "deepseek-chat",
                "mistral-large",
                "mistral-large-2402",
                "prod-chat",
                "nomic-embed-text-v2-moe",
                "arn:aws:bedrock:eu-west-1:1:application-inference-profile/abc123"
            })
    void otherModels_areUnknown(String written) {
        assertThat(builtIn().find(written)).isNull();
    }

    @Test
    void precision_isThatOfTheRowOrOfTheName() {
        ModelRegistry registry = builtIn();

        assertThat(precision(registry, "gpt-4o")).isEqualTo(Precision.UNKNOWN);
        assertThat(precision(registry, "gpt-oss-20b")).isEqualTo(Precision.MXFP4);
        assertThat(precision(registry, "deepseek-v3")).isEqualTo(Precision.FP8);
        assertThat(precision(registry, "meta-llama/Llama-3.1-70B-Instruct")).isEqualTo(Precision.BITS_16);
        assertThat(precision(registry, "meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8"))
                .isEqualTo(Precision.FP8);
        assertThat(precision(registry, "llama3.1:8b-instruct-q4_0")).isEqualTo(Precision.UNKNOWN);
        assertThat(precision(registry, "google/gemma-7b-it-GGUF")).isEqualTo(Precision.UNKNOWN);
    }

    @Test
    void ownRows_winOverAliasesAndBuiltInRows(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("models.csv"),
                "# ours\n" + HEADER
                        + "gpt-4o,1,2,3,4,moe,text,fp8,measured by us,2026\n"
                        + "acme-*,5,5,5,5,dense,text,,our own,2026\n"
                        + "acme-large*,6,6,6,6,dense,text,16,our own,2026\n"
                        + "amazon.titan-embed-text-v2:0,7,7,7,7,dense,embedding,unknown,our estimate,2026\n");

        ModelRegistry registry = read(
                file,
                "gpt-4o=claude-sonnet-4;small=acme-mini; Big = gpt-4-turbo ;x=us.anthropic.claude-sonnet-4-20250514-v1:0");

        assertThat(problems).isEmpty();
        assertThat(total(registry, "openai/gpt-4o-2024-08-06")).isEqualTo(4);
        assertThat(total(registry, "acme-x")).isEqualTo(5);
        assertThat(total(registry, "ACME-large-2")).isEqualTo(6);
        assertThat(total(registry, "amazon.titan-embed-text-v2:0")).isEqualTo(7);
        assertThat(total(registry, "small")).isEqualTo(5);
        assertThat(total(registry, "big")).isEqualTo(880);
        assertThat(total(registry, "x")).isEqualTo(440);
        assertThat(registry.find("amazon.titan-embed-text-v2:0"))
                .isNotNull()
                .extracting(ModelSize::origin)
                .isEqualTo(ModelSize.Origin.ESTIMATED);
    }

    @Test
    void aliasOfADatedName_holdsForIt() {
        assertThat(total(read(null, "prod-chat=gpt-4o"), "prod-chat-2024-08-06"))
                .isEqualTo(440);
    }

    @Test
    void badRows_areOneLineEach_andTheOthersCount(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("models.csv"),
                HEADER
                        + "a,1,2,3\n"
                        + "b,0,1,1,1,dense,text,,x,2026\n"
                        + "c,2,1,3,3,moe,text,,x,2026\n"
                        + "d,1,1,1,1,sparse,text,,x,2026\n"
                        + "e,1,1,1,1,dense,text,fp7,x,2026\n"
                        + ",1,1,1,1,dense,text,,x,2026\n"
                        + "g,1,9,5,5,moe,text,,x,2026\n"
                        + "\"h,1,1,1,1,dense,text,,x,2026\n"
                        + "good,8,8,8,8,dense,text,,x,2026\n");

        ModelRegistry registry = read(file, "");

        assertThat(total(registry, "good")).isEqualTo(8);
        assertThat(problems)
                .hasSize(8)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("remote.models: '" + file + "' line ")
                        .endsWith("; it is ignored"));
        assertThat(problems.get(1)).contains("line 3: active_params_b_min is '0'; allowed: a number above 0");
        assertThat(problems.get(3)).contains("arch is 'sparse'; allowed: dense or moe");
        assertThat(problems.get(4)).contains("precision is 'fp7'; allowed: 16, fp8, mxfp4, unknown or nothing");
    }

    @Test
    void unusableFile_isOneLine_andBuiltInRowsCount(@TempDir Path folder) throws IOException {
        Path latin =
                Files.write(folder.resolve("latin.csv"), (HEADER + "\u00e9").getBytes(StandardCharsets.ISO_8859_1));
        Path other = Files.writeString(folder.resolve("other.csv"), "a,b\n1,2\n");
        Path empty = Files.writeString(folder.resolve("empty.csv"), "");
        for (Path file : List.of(folder.resolve("missing.csv"), folder, latin, other, empty)) {
            problems.clear();

            ModelRegistry registry = read(file, "");

            assertThat(problems).as("%s", file).hasSize(1).first().asString().startsWith("remote.models: '" + file);
            assertThat(total(registry, "gpt-4o")).isEqualTo(440);
        }
    }

    @Test
    void badAliases_areOneLineEach() {
        ModelRegistry registry = read(null, "a=gpt-4o;nonsense;=b;c=;d=no-such-model;;");

        assertThat(total(registry, "a")).isEqualTo(440);
        assertThat(problems).hasSize(4);
        assertThat(problems.get(0))
                .isEqualTo(
                        "remote.aliases: 'nonsense' is not allowed; allowed: entries name=model separated by ;; this entry"
                                + " is ignored");
        assertThat(problems.get(3)).startsWith("remote.aliases: the size of 'no-such-model' is not known;");
    }

    private ModelRegistry builtIn() {
        return read(null, "");
    }

    private ModelRegistry read(@Nullable Path file, String aliases) {
        return ModelRegistry.read(Optional.ofNullable(file), aliases, problems);
    }

    private static double total(ModelRegistry registry, String written) {
        ModelSize size = registry.find(written);
        assertThat(size).as(written).isNotNull();
        return size.totalMax();
    }

    private static Precision precision(ModelRegistry registry, String written) {
        ModelSize size = registry.find(written);
        assertThat(size).as(written).isNotNull();
        return size.precision();
    }
}
