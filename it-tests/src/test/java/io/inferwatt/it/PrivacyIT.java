package io.inferwatt.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the agent cannot read, because no class of it names a type that holds it. */
class PrivacyIT {

    private static final String INSTRUMENTATION = "inst/io/inferwatt/agent/instrumentation/";

    /**
     * Tensors, results and what DJL makes of them; vectors and texts of frameworks. {@code OnnxTensorLike} has a shape and no
     * values.
     */
    private static final Pattern CONTENT =
            Pattern.compile("ai/onnxruntime/(OnnxTensor|OnnxSparseTensor|OnnxMap|OnnxSequence|OnnxValue)\\b"
                    + "|ai/djl/ndarray/(NDArray|NDList|BytesSupplier)\\b|ai/djl/modality/|ai/djl/translate/"
                    + "|dev/langchain4j/data/(embedding|message)/|dev/langchain4j/model/embedding/request/EmbeddingInput\\b"
                    + "|org/springframework/ai/(document/|embedding/Embedding\\b)");

    @Test
    void noInstrumentation_namesATypeThatHoldsPromptsTensorsOrOutputs() throws IOException {
        List<String> looked = new ArrayList<>();
        try (JarFile jar = new JarFile(AgentRun.JAR.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                if (entry.getName().startsWith(INSTRUMENTATION)
                        && entry.getName().endsWith(".classdata")) {
                    looked.add(entry.getName());
                    byte[] classFile = jar.getInputStream(entry).readAllBytes();
                    assertThat(CONTENT.matcher(new String(classFile, StandardCharsets.ISO_8859_1))
                                    .results())
                            .as(entry.getName())
                            .isEmpty();
                }
            }
        }
        assertThat(looked).anyMatch(name -> name.endsWith("/OnnxRuntimeCalls.classdata"));
    }
}
