package io.inferwatt.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands {@code dashboards} and {@code rules}. */
class WrittenFilesTest {

    @TempDir
    Path folder;

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void dashboards_areWrittenWithWhatGrafanaNeedsToLoadThem() throws IOException {
        Path target = folder.resolve("new/grafana");
        Terminal terminal = new Terminal();

        assertThat(terminal.run("dashboards", target.toString())).isZero();

        assertThat(names(target))
                .containsExactly(
                        "inferwatt-budgets.json",
                        "inferwatt-fleet.json",
                        "inferwatt-meter.json",
                        "inferwatt-models.json",
                        "inferwatt-overview.json",
                        "kubernetes/inferwatt-dashboards-configmap.yml",
                        "provisioning/dashboards/inferwatt.yml");
        assertThat(Files.readString(target.resolve("provisioning/dashboards/inferwatt.yml")))
                .contains("path: '" + target + "'");
        assertThat(JsonParser.parseString(Files.readString(target.resolve("inferwatt-overview.json")))
                        .getAsJsonObject()
                        .get("uid")
                        .getAsString())
                .isEqualTo("inferwatt-overview");
        assertThat(terminal.out()).contains("written   " + target.resolve("inferwatt-fleet.json"), "Import by hand");
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void rules_areWrittenForPrometheusItsOperatorAndAlertmanager() throws IOException {
        Terminal terminal = new Terminal();

        assertThat(terminal.run("rules", "--request-joules=10", folder.toString()))
                .isZero();

        assertThat(names(folder))
                .containsExactly(
                        "alertmanager-example.yml",
                        "inferwatt-budgets.yml",
                        "inferwatt-fleet.yml",
                        "inferwatt-meter.yml",
                        "inferwatt-requests.yml",
                        "inferwatt-sci.yml",
                        "kubernetes/inferwatt-prometheusrule.yml");
        assertThat(Files.readString(folder.resolve("inferwatt-requests.yml"))).contains("le=~\"10|10[.]0\"");
        assertThat(terminal.out())
                .contains("rule_files: ['" + folder + File.separator + "inferwatt-*.yml" + "']", "at most 10 J");
    }

    @Test
    void filesThatAreThere_areReplacedAndThatIsSaid() throws IOException {
        assertThat(new Terminal().run("rules", folder.toString())).isZero();
        Files.writeString(folder.resolve("inferwatt-meter.yml"), "changed");
        Terminal terminal = new Terminal();

        assertThat(terminal.run("rules", folder.toString())).isZero();

        assertThat(terminal.out())
                .contains(
                        "replaced  " + folder.resolve("inferwatt-meter.yml"),
                        "unchanged " + folder.resolve("inferwatt-sci.yml"));
        assertThat(Files.readString(folder.resolve("inferwatt-meter.yml"))).contains("InferwattNoMeter");
    }

    /** Who has the file open goes on to read the old one, as a server does that is just about to reload. */
    @Test
    void filesThatAreThere_areReplacedAsAWhole() throws IOException {
        Path rules = folder.resolve("inferwatt-meter.yml");
        Files.writeString(rules, "groups: []\n");
        try (var reader = Files.newBufferedReader(rules)) {
            assertThat(new Terminal().run("rules", folder.toString())).isZero();

            assertThat(reader.readLine()).isEqualTo("groups: []");
            assertThat(reader.readLine()).isNull();
        }
        assertThat(Files.readString(rules)).contains("InferwattNoMeter");
        assertThat(names(folder)).noneMatch(name -> name.endsWith(".next")).hasSize(7);
    }

    @Test
    void requestJoules_pageWhereSomebodyChoseThem() throws IOException {
        Path rules = folder.resolve("inferwatt-requests.yml");
        assertThat(new Terminal().run("rules", folder.toString())).isZero();
        assertThat(Files.readString(rules)).doesNotContain("severity: page");

        assertThat(new Terminal().run("rules", folder.toString(), "--request-joules", "50"))
                .isZero();

        assertThat(Files.readString(rules)).contains("severity: page");
    }

    @ParameterizedTest
    @CsvSource({"dashboards", "rules"})
    void folderThatCannotBeWritten_isOneLineAndExitCode1(String command) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Terminal terminal = new Terminal();

        assertThat(terminal.run(command, file.resolve("sub").toString())).isEqualTo(WrittenFiles.NOT_WRITTEN);

        assertThat(terminal.err())
                .startsWith("inferwatt: " + command + ": cannot write " + file.resolve("sub"))
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dashboards                   | dashboards: needs a folder and nothing else; allowed: dashboards DIR
            dashboards a b               | dashboards: needs a folder and nothing else; allowed: dashboards DIR
            dashboards --json            | dashboards: needs a folder and nothing else; allowed: dashboards DIR
            rules                        | rules: needs a folder; allowed: rules DIR [--request-joules N]
            rules a b                    | rules: unknown option 'b'; allowed: rules DIR [--request-joules N]
            rules a --slo 5              | rules: unknown option '--slo'; allowed: rules DIR [--request-joules N]
            rules a --request-joules     | rules: --request-joules '' is no bound of the histogram; allowed: 0.001, 0.01, 0.1,
            rules a --request-joules 42  | rules: --request-joules '42' is no bound of the histogram; allowed: 0.001, 0.01, 0.1,
            """)
    void wordsThatMakeNoSense_areToldAndNothingIsWritten(String words, String line) {
        Terminal terminal = new Terminal();

        assertThat(terminal.run(words.strip().split(" "))).isEqualTo(CommandLine.USAGE_ERROR);

        assertThat(terminal.err()).startsWith("inferwatt: " + line);
        assertThat(Path.of("a")).doesNotExist();
    }
}
