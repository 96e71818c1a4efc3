package io.inferwatt.it.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.it.jvm.AgentRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

/** What the agent does not read: no class of it names a type that holds it, or asks such a type for more than sizes. */
class PrivacyIT {

    private static final String INSTRUMENTATION = "inst/io/inferwatt/agent/instrumentation/";

    /** Only texts by which methods are found, whose descriptors name what they like. */
    private static final String MODULE = "Module.classdata";

    /**
     * Tensors, results and what DJL makes of them; vectors and texts of frameworks. {@code OnnxTensorLike} has a shape and no
     * values.
     */
    private static final Pattern CONTENT =
            Pattern.compile("ai/onnxruntime/(OnnxTensor|OnnxSparseTensor|OnnxMap|OnnxSequence|OnnxValue)\\b"
                    + "|ai/djl/ndarray/(NDArray|NDList|BytesSupplier)\\b|ai/djl/modality/|ai/djl/translate/"
                    + "|dev/langchain4j/data/(embedding|message)/|dev/langchain4j/model/embedding/request/EmbeddingInput\\b"
                    + "|org/springframework/ai/(document/|embedding/Embedding\\b)");

    /** Types that hold values as well as sizes, and what of them may be asked. */
    private static final Map<String, Set<String>> SIZES = Map.of(
            "org/tensorflow/Tensor", Set.of("isSparse", "asRawTensor"),
            "org/tensorflow/RawTensor", Set.of("shape"),
            "org/nd4j/linalg/api/ndarray/INDArray", Set.of("rank", "size", "length"),
            "ml/dmlc/xgboost4j/java/DMatrix", Set.of("rowNum"),
            "org/tribuo/Example", Set.of(),
            "dev/langchain4j/data/segment/TextSegment", Set.of());

    @Test
    void noInstrumentation_namesATypeThatHoldsPromptsTensorsOrOutputs() throws IOException {
        Map<String, byte[]> classFiles = classFiles();
        classFiles.forEach((name, classFile) -> assertThat(
                        CONTENT.matcher(new String(classFile, StandardCharsets.ISO_8859_1))
                                .results())
                .as(name)
                .isEmpty());
        assertThat(classFiles.keySet()).anyMatch(name -> name.endsWith("/OnnxRuntimeCalls.classdata"));
    }

    @Test
    void typesThatHoldValuesToo_areAskedForSizesOnly() throws IOException {
        Set<String> asked = new TreeSet<>();
        for (byte[] classFile : classFiles().values()) {
            new ClassReader(classFile).accept(new Asked(asked), ClassReader.SKIP_DEBUG);
        }
        assertThat(asked)
                .contains("org/tensorflow/RawTensor.shape", "org/nd4j/linalg/api/ndarray/INDArray.size")
                .allMatch(member -> {
                    int dot = member.lastIndexOf('.');
                    return SIZES.getOrDefault(member.substring(0, dot), Set.of())
                            .contains(member.substring(dot + 1));
                });
    }

    private static Map<String, byte[]> classFiles() throws IOException {
        Map<String, byte[]> classFiles = new TreeMap<>();
        try (JarFile jar = new JarFile(AgentRun.JAR.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                String name = entry.getName();
                if (name.startsWith(INSTRUMENTATION) && name.endsWith(".classdata") && !name.endsWith(MODULE)) {
                    classFiles.put(name, jar.getInputStream(entry).readAllBytes());
                }
            }
        }
        return classFiles;
    }

    /** Collects the members of {@link #SIZES} that a class uses. */
    private static final class Asked extends ClassVisitor {

        private final Set<String> asked;

        Asked(Set<String> asked) {
            super(Opcodes.ASM9);
            this.asked = asked;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(api) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String called, String type, boolean isInterface) {
                    if (SIZES.containsKey(owner)) {
                        asked.add(owner + "." + called);
                    }
                }

                @Override
                public void visitFieldInsn(int opcode, String owner, String field, String type) {
                    if (SIZES.containsKey(owner)) {
                        asked.add(owner + "." + field);
                    }
                }
            };
        }
    }
}
