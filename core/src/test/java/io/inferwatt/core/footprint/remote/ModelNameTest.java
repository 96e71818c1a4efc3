package io.inferwatt.core.footprint.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelNameTest {

    @ParameterizedTest
    @CsvSource({
        "gpt-4o, gpt-4o",
        "GPT-4o, gpt-4o",
        "openai/gpt-4o, gpt-4o",
        "gpt-4o-2024-08-06, gpt-4o",
        "gpt-4-0613, gpt-4",
        "gpt-35-turbo-16k, gpt-3.5-turbo-16k",
        "gpt-4-1106-preview, gpt-4",
        "ft:gpt-4o-mini-2024-07-18:org::id, gpt-4o-mini",
        "ft:gpt-4o, gpt-4o",
        "gpt-35-turbo-0613.ft-1a2b, gpt-3.5-turbo",
        "models/gemini-2.5-flash, gemini-2.5-flash",
        "publishers/google/models/gemini-2.0-flash-001, gemini-2.0-flash",
        "projects/p/locations/us-central1/publishers/google/models/gemini-2.5-pro, gemini-2.5-pro",
        "gemini-2.5-flash-preview-04-17, gemini-2.5-flash",
        "gemini-2.5-flash-preview-09-2025, gemini-2.5-flash",
        "claude-3-5-sonnet-latest, claude-3-5-sonnet",
        "claude-3-5-sonnet@20240620, claude-3-5-sonnet",
        "claude-sonnet-4@default, claude-sonnet-4",
        "anthropic/claude-sonnet-4.5, claude-sonnet-4-5",
        "anthropic/claude-3.7-sonnet:thinking, claude-3-7-sonnet",
        "anthropic.claude-3-5-sonnet-20241022-v2:0, claude-3-5-sonnet",
        "us.anthropic.claude-sonnet-4-20250514-v1:0, claude-sonnet-4",
        "eu.anthropic.claude-opus-4-1-20250805-v1:0, claude-opus-4-1",
        "apac.anthropic.claude-3-haiku-20240307-v1:0:48k, claude-3-haiku",
        "global.anthropic.claude-opus-4-6-v1, claude-opus-4-6",
        "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0, claude-3-haiku",
        "arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.anthropic.claude-sonnet-4-20250514-v1:0, claude-sonnet-4",
        "meta.llama3-1-70b-instruct-v1:0, llama3-1-70b-instruct",
        "deepseek.r1-v1:0, deepseek-r1",
        "deepseek.v3-v1:0, deepseek-v3",
        "openai.gpt-oss-120b-1:0, gpt-oss-120b",
        "amazon.nova-pro-v1:0, nova-pro",
        "mistral-large-2411, mistral-large",
        "command-r-08-2024, command-r",
        "deepseek/deepseek-r1:free, deepseek-r1",
        "llama3.1:8b-instruct-q4_0, llama3.1-8b-instruct-q4_0",
        "nomic-embed-text:latest, nomic-embed-text",
        "accounts/fireworks/models/llama-v3p1-8b-instruct, llama-3.1-8b-instruct",
        "databricks-claude-sonnet-4, claude-sonnet-4",
        "@cf/meta/llama-3.1-8b-instruct, llama-3.1-8b-instruct",
        "meta-llama/llama-4-maverick-17b-128e-instruct-maas, llama-4-maverick-17b-128e-instruct",
    })
    void name_isFreedFromWhatHostsPutAroundIt(String written, String normal) {
        assertThat(ModelName.normal(written)).isEqualTo(normal);
    }

    /** Numbers that are no dates belong to the name. */
    @ParameterizedTest
    @CsvSource({
        "deepseek-v3",
        "claude-v2",
        "mixtral-8x7b-32768",
        "phi-4",
        "gpt-4-32k",
        "o1",
        "model-4096",
        "model-2499",
        "gpt-5.5",
        "claude-opus-4-7",
        "-",
        "/",
        ":",
        "@",
        "anthropic.",
        "20240613",
        "a-00-00"
    })
    void name_withNothingToTakeAway_staysWhatItIs(String name) {
        assertThat(ModelName.normal(name)).isEqualTo(name);
    }

    @Test
    void candidates_beginWithTheWholeName() {
        assertThat(ModelName.candidates("openai/gpt-4-1106-preview"))
                .containsExactly("gpt-4-1106-preview", "gpt-4-1106", "gpt-4");
    }

    @Test
    void anyText_isTakenWithoutAnException_andTwiceIsAsOnce() {
        List<String> parts = List.of(
                "us.",
                "anthropic.",
                "deepseek.",
                "claude-",
                "gpt-35-",
                "ft:",
                ":",
                "-v1:0",
                ":48k",
                "@",
                "@2024",
                "/",
                "-2024-08-06",
                "-0613",
                "-latest",
                "-preview",
                "-001",
                "models/",
                ".ft-",
                "llama-v3p",
                "databricks-",
                " ",
                "\u0130",
                "\uD800",
                "\u0000",
                "-",
                "4",
                "b",
                ".",
                ":free",
                "arn:aws:bedrock:");
        Random random = new Random(42);
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(12);
            for (int j = 0; j < length; j++) {
                text.append(
                        random.nextInt(4) == 0
                                ? String.valueOf((char) random.nextInt(0x10000))
                                : parts.get(random.nextInt(parts.size())));
            }
            String once = ModelName.normal(text.toString());

            assertThat(ModelName.normal(once)).as("'%s'", text).isEqualTo(once);
            assertThat(ModelName.candidates(text.toString())).isNotEmpty().doesNotHaveDuplicates();
            StatedSize.of(once);
        }
    }

    @Test
    void longText_isCut() {
        assertThat(ModelName.normal("a:free".repeat(10_000))).hasSizeLessThanOrEqualTo(ModelName.MAX_LENGTH);
        assertThat(ModelName.normal("-2024-08-06".repeat(10_000))).isNotEmpty();
    }
}
