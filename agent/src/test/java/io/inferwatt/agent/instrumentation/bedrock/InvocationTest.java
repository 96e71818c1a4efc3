package io.inferwatt.agent.instrumentation.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.call.RemoteTarget.Work;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvocationTest {

    private static Invocation of(String model, String body) {
        return Invocation.of(model, body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic.claude-3-5-haiku-20241022-v1:0,                                        chat,             TEXT",
        "us.meta.llama3-3-70b-instruct-v1:0,                                              chat,             TEXT",
        "arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.amazon.nova-lite-v1:0, chat,           TEXT",
        "amazon.titan-text-express-v1,                                                    text_completion,  TEXT",
        "amazon.titan-embed-text-v2:0,                                                    embeddings,       EMBEDDING",
        "cohere.embed-multilingual-v3,                                                    embeddings,       EMBEDDING",
        "amazon.nova-2-multimodal-embeddings-v1:0,                                        embeddings,       EMBEDDING",
        "amazon.titan-image-generator-v2:0,                                               image_generation, IMAGE",
        "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-canvas-v1:0,             image_generation, IMAGE",
        "stability.sd3-5-large-v1:0,                                                      image_generation, IMAGE",
        "us.stability.stable-image-inpaint-v1:0,                                          image_generation, IMAGE",
        "cohere.rerank-v3-5:0,                                                            rerank,           OTHER",
        "amazon.nova-reel-v1:1,                                                           generate_content, OTHER"
    })
    void work_isToldByTheModelsName(String model, String operation, Work work) {
        assertThat(of(model, "{}")).isEqualTo(new Invocation(operation, work, 1, ""));
    }

    @Test
    void inputs_ofAnEmbedding_areCounted() {
        assertThat(of("cohere.embed-english-v3", "{\"texts\":[\"a\",\"b\",\"c\"],\"input_type\":\"search_query\"}")
                        .units())
                .isEqualTo(3);
        assertThat(of("cohere.embed-v4:0", "{\"texts\":[\"a\"],\"images\":[\"data:b\"]}")
                        .units())
                .isEqualTo(2);
        assertThat(of("amazon.titan-embed-text-v1", "{\"inputText\":\"a\"}").units())
                .isOne();
    }

    @Test
    void images_areCountedWithTheirSize_whereTheRequestTellsIt() {
        assertThat(of(
                        "amazon.titan-image-generator-v1",
                        "{\"taskType\":\"TEXT_IMAGE\",\"textToImageParams\":{\"text\":\"a\"},"
                                + "\"imageGenerationConfig\":{\"numberOfImages\":3,\"height\":512,\"width\":768}}"))
                .isEqualTo(new Invocation("image_generation", Work.IMAGE, 3, "768x512"));
        assertThat(of(
                        "stability.stable-diffusion-xl-v1",
                        "{\"text_prompts\":[{\"text\":\"a\"}],\"samples\":2,\"width\":1024,\"height\":1024}"))
                .isEqualTo(new Invocation("image_generation", Work.IMAGE, 2, "1024x1024"));
        assertThat(of("stability.sd3-large-v1:0", "{\"prompt\":\"a\",\"aspect_ratio\":\"1:1\"}"))
                .isEqualTo(new Invocation("image_generation", Work.IMAGE, 1, ""));
    }
}
