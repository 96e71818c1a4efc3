package io.inferwatt.agent.instrumentation.springai;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.InstrumentationModuleContract;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.agent.instrumentation.LibrarySupport;
import java.net.URL;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.UrlResource;

class SpringAiModuleTest extends InstrumentationModuleContract {

    static {
        SpringAiEngines.choose();
    }

    @Override
    protected InstrumentationModule module() {
        return new SpringAiModule();
    }

    @Override
    protected Class<? extends LibraryScenario> scenario() {
        return SpringAiScenario.class;
    }

    @Override
    protected LibrarySupport support() {
        return new LibrarySupport(
                "Spring AI",
                "org.springframework.ai:spring-ai-model",
                "2.0.1",
                List.of("1.0.0"),
                "`ChatModel.call` and `stream`, of which each subscription is a call, `EmbeddingModel.call` and through it `embed` and"
                        + " `embedForResponse`, `ImageModel.call`",
                "remote: the model of the request's options, else of the client's own, else of the answer. In the process: stem of the"
                        + " model's file (of its folder where that is `model`)",
                "number of instructions or images",
                "of the answer's usage, cached and reasoning tokens too where it tells them, else those of the client or engine below",
                "of the engine below",
                "`TransformersEmbeddingModel` with all-MiniLM-L6-v2, quantised; its vectors averaged by DJL's Rust engine; the clients of"
                        + " OpenAI against a server of the tests");
    }

    @Override
    protected List<String> packages() {
        return List.of("org.springframework.ai.");
    }

    @ParameterizedTest
    @CsvSource({
        "/models/bge-small.onnx, bge-small",
        "all-minilm-l6-v2-q.onnx, all-minilm-l6-v2-q",
        "https://host/spring-ai/models/onnx/all-MiniLM-L6-v2/model.onnx, all-MiniLM-L6-v2",
        "https://huggingface.co/intfloat/e5-small-v2/resolve/main/onnx/model.onnx, e5-small-v2",
        "C:\\models\\bge\\onnx\\model_quantized.onnx, bge_quantized",
        "onnx/model.onnx, model",
        "https://user:s3cret@host/onnx/model.onnx, model",
        "https://user:s3cret@host/bge/onnx/model.onnx?sig=s3cret/model.onnx, bge",
        "https://host/bge/minilm.onnx?sig=s3cret&filename=minilm.onnx, minilm",
        "https://host/model.onnx#s3cret/model.onnx, model",
        "https://[::1]:8080/onnx/model.onnx, model",
        "jar:file:/app.jar!/bge/onnx/model.onnx, bge",
        "/models/a#b?c/onnx/model.onnx, a#b?c",
        "model.onnx, model",
    })
    void nameOf_file_isItsStemOrTheFolderThatIsTheModels(String path, String name) {
        assertThat(TransformersModels.nameOf(path)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "https://user:s3cret@host/onnx/model.onnx, model",
        "https://host/bge/onnx/model.onnx?sig=[s3cret/model.onnx, bge",
        "https://host/minilm.onnx?sig=s3cret&filename=minilm.onnx, minilm",
        "https://[::1]:8080/onnx/model.onnx, model",
    })
    void name_resourceOfAUrl_isOfItsPathOnly(String url, String name) throws Exception {
        assertThat(TransformersModels.name(new UrlResource(new URL(url)))).isEqualTo(name);
    }
}
