package io.inferwatt.it.neighbours;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.it.app.AnsweringModel;
import io.inferwatt.it.app.HttpShop;
import io.inferwatt.it.jvm.Launch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jacoco.core.data.ExecutionData;
import org.jacoco.core.data.ExecutionDataStore;
import org.jacoco.core.internal.data.CRC64;
import org.jacoco.core.tools.ExecFileLoader;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Beside JaCoCo's agent, which puts probes into every class and tells classes apart by their bytes. */
class JacocoAgentIT {

    private static final int ANSWERS = 10;
    private static final int CHATS = 2;

    @TempDir
    Path folder;

    static List<Arguments> javasAndOrders() throws Exception {
        return Neighbour.javasAndOrders();
    }

    @ParameterizedTest
    @MethodSource("javasAndOrders")
    void answersCoverageAndMetrics_areAllRight(Path java, Neighbour.Order order) throws Exception {
        Path coverage = folder.resolve("shop.exec");
        try (Shop shop = new Shop(
                java,
                folder,
                order,
                List.of(Neighbour.JACOCO.attached("destfile=" + coverage)),
                "methods=io.inferwatt.it.app.HttpShop#main")) {
            shop.answers(ANSWERS);
            shop.chats(CHATS);
            shop.assertCounted();
            shop.assertEnded("Sharing is only supported for boot loader classes");
        }
        ExecFileLoader loader = new ExecFileLoader();
        loader.load(coverage.toFile());
        ExecutionDataStore store = loader.getExecutionDataStore();
        for (Class<?> type : List.of(HttpShop.class, AnsweringModel.class)) {
            ExecutionData covered = store.get(CRC64.classId(classFile(type)));
            assertThat(covered)
                    .as("coverage of %s as compiled, in %s", type, names(store))
                    .isNotNull();
            assertThat(covered.hasHits()).isTrue();
        }
        assertThat(names(store).stream().filter(JacocoAgentIT::isOurs))
                .as("but for the one that the JVM itself starts, which the application's loader loads")
                .allMatch(name -> name.startsWith("io/inferwatt/agent/AgentPremain"));
    }

    /** The class path of the application has our facade, which is part of it. */
    private static boolean isOurs(String name) {
        return name.startsWith("net/bytebuddy/")
                || name.startsWith("io/inferwatt/")
                        && !name.startsWith("io/inferwatt/it/app/")
                        && !name.startsWith("io/inferwatt/core/facade/");
    }

    private static List<String> names(ExecutionDataStore store) {
        return store.getContents().stream().map(ExecutionData::getName).sorted().toList();
    }

    private static byte[] classFile(Class<?> type) {
        Path file = Launch.whereIs(type).resolve(type.getName().replace('.', '/') + ".class");
        try (InputStream in = Files.newInputStream(file)) {
            return in.readAllBytes();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
