package io.inferwatt.agent.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/**
 * Writes {@code docs/supported-libraries.md} from the modules and their tests when run with {@code -Dsupported.write=true},
 * and else compares.
 */
class SupportedLibrariesTest {

    private static final Path PAGE = Path.of("..", "docs", "supported-libraries.md");

    private static final String HEAD = """
            # Supported libraries

            This page is written by a test from the modules; `./mvnw -q test -pl agent -am -Dtest=SupportedLibrariesTest
            -Dsurefire.failIfNoSpecifiedTests=false -Dsupported.write=true` writes it anew.

            *Run* is the version whose real library runs in the tests; *checked* are others of which the tests know that they have all
            members that are needed. Versions between are expected to work. A version that lacks a member costs one line in the log
            and is not metered.

            | library | artifact | run; checked | metered | model name | batch | tokens | device | tested with |
            |---|---|---|---|---|---|---|---|---|
            """;

    private static final String FOOT = """

            A call inside another library's call (LangChain4j over ONNX Runtime, DJL over its engines) is one request, owned by the outer
            one. Each library can be switched off with `instrumentation.<library>.enabled=false`, by the name in brackets.
            """;

    private static final String BESIDES = """

            Beside those that call models:

            | library | artifact | run; checked | what is done |
            |---|---|---|---|
            """;

    @Test
    void page_saysWhatTheModulesAre() throws Exception {
        String expected = page();
        if (Boolean.getBoolean("supported.write")) {
            Files.writeString(PAGE, expected);
        }
        assertThat(PAGE).as("run this test with -Dsupported.write=true").hasContent(expected);
    }

    private static String page() throws Exception {
        List<String> rows = new ArrayList<>();
        List<String> besides = new ArrayList<>();
        for (InstrumentationModule module : ServiceLoader.load(InstrumentationModule.class)) {
            LibrarySupport support = support(module);
            (support.callsModels() ? rows : besides).add(row(module.library(), support));
        }
        rows.sort(Comparator.comparing(row -> row.toLowerCase(Locale.ROOT)));
        besides.sort(Comparator.comparing(row -> row.toLowerCase(Locale.ROOT)));
        return HEAD + String.join("", rows) + FOOT + BESIDES + String.join("", besides);
    }

    /** The test of a module lies beside it and has its name. */
    private static LibrarySupport support(InstrumentationModule module)
            throws ReflectiveOperationException, IOException {
        Class<?> test = Class.forName(module.getClass().getName() + "Test");
        var constructor = test.getDeclaredConstructor();
        constructor.setAccessible(true);
        return ((ModuleContract) constructor.newInstance()).support();
    }

    private static String row(String library, LibrarySupport support) {
        String checked = support.checked().isEmpty() ? "" : "; " + String.join(", ", support.checked());
        if (!support.callsModels()) {
            return "| %s (`%s`) | `%s` | %s%s | %s |\n"
                    .formatted(
                            support.title(), library, support.coordinates(), support.run(), checked, support.methods());
        }
        return "| %s (`%s`) | `%s` | %s%s | %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        support.title(),
                        library,
                        support.coordinates(),
                        support.run(),
                        checked,
                        support.methods(),
                        support.modelName(),
                        support.batch(),
                        support.tokens(),
                        support.device(),
                        support.models());
    }
}
