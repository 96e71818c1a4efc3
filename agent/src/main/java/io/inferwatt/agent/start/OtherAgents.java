package io.inferwatt.agent.start;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whether the JVM was started with agents besides this one, by its command line as Linux shows it and the variables with options.
 * Options in a file named by {@code @} are not seen, nor is anything where there is no {@code /proc}.
 */
final class OtherAgents {

    private static final String COMMAND_LINE = "/proc/self/cmdline";
    private static final String OPTION = "-javaagent:";
    private static final String[] VARIABLES = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"};

    private OtherAgents() {}

    static boolean areThere() {
        return areThere(commandLine(), System::getenv);
    }

    /** @param variables looks up a variable of the environment, null if there is none */
    static boolean areThere(String commandLine, Function<String, @Nullable String> variables) {
        int agents = count(commandLine);
        for (String variable : VARIABLES) {
            agents += count(variables.apply(variable));
        }
        return agents > 1;
    }

    private static String commandLine() {
        try (InputStream in = new FileInputStream(COMMAND_LINE)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException | SecurityException unknown) {
            return "";
        }
    }

    private static int count(@Nullable String options) {
        int count = 0;
        if (options != null) {
            for (int at = options.indexOf(OPTION); at >= 0; at = options.indexOf(OPTION, at + 1)) {
                count++;
            }
        }
        return count;
    }
}
