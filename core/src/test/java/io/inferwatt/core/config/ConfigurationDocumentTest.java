package io.inferwatt.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.config.ConfigLoader.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeps {@code docs/configuration.md} true; with {@code -Dconfiguration.write=true} its table is written anew. */
class ConfigurationDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");
    private static final Pattern EXAMPLE_BLOCK = Pattern.compile("```(sh|properties)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern REPORT = Pattern.compile("```sh\n([^`]*?)```\n\n```text\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ARGUMENTS = Pattern.compile("-javaagent:inferwatt-agent\\.jar=(\"[^\"]*\"|\\S+)");
    private static final Pattern PROPERTY = Pattern.compile("-D(inferwatt\\.\\S+?)=(\\S+)");
    private static final Pattern VARIABLE = Pattern.compile("\\b(INFERWATT_[A-Z_]+)=(\\S+)");

    private final String document = Files.readString(DOCUMENT);

    ConfigurationDocumentTest() throws IOException {}

    @Test
    void table_holdsExactlyTheKeysOfTheCode() throws IOException {
        List<String> expected = new ArrayList<>();
        for (SettingKey<?> key : SettingKeys.ALL) {
            String shown = key.defaultText().isEmpty() ? "unset" : "`" + key.defaultText() + "`";
            expected.add(
                    "| `" + key.name() + "` | " + shown + " | " + key.allowed() + " | " + key.description() + " |");
        }

        if (Boolean.getBoolean("configuration.write")) {
            int table = document.indexOf("| `");
            int end = document.indexOf("\n\n", table);
            Files.writeString(
                    DOCUMENT, document.substring(0, table) + String.join("\n", expected) + document.substring(end));
            return;
        }
        List<String> rows =
                document.lines().filter(line -> line.startsWith("| `")).toList();

        assertThat(rows).containsExactlyElementsOf(expected);
    }

    @Test
    void examples_areUnderstoodWithoutAProblem(@TempDir Path folder) throws IOException {
        List<MatchResult> blocks = EXAMPLE_BLOCK
                .matcher(REPORT.matcher(document).replaceAll(""))
                .results()
                .toList();
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(4);
        for (MatchResult block : blocks) {
            Loaded loaded = block.group(1).equals("sh")
                    ? load(block.group(2))
                    : ConfigLoader.load(
                            "config.file=" + Files.writeString(folder.resolve("example.properties"), block.group(2)),
                            Map.of(),
                            Map.of());

            assertThat(loaded.problems()).as(block.group()).allMatch(line -> line.startsWith("config.file: '/etc/"));
            assertThat(loaded.config()).as(block.group()).isNotEqualTo(InferwattConfig.DEFAULTS);
        }
    }

    @Test
    void reportedLines_areTheOnesOfTheCode() {
        List<MatchResult> reports = REPORT.matcher(document).results().toList();
        assertThat(reports).isNotEmpty();
        for (MatchResult report : reports) {
            assertThat(String.join("\n", load(report.group(1)).problems()) + "\n")
                    .isEqualTo(report.group(2));
        }
    }

    private static Loaded load(String commandLine) {
        String arguments = ARGUMENTS
                .matcher(commandLine)
                .results()
                .map(match -> match.group(1).replace("\"", ""))
                .findFirst()
                .orElse(null);
        return ConfigLoader.load(arguments, pairs(PROPERTY, commandLine), pairs(VARIABLE, commandLine));
    }

    private static Map<String, String> pairs(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
    }
}
