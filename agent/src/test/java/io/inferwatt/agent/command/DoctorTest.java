package io.inferwatt.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {

    private static final String[] SCREEN = {"doctor", "--seconds", "0.5"};
    private static final String[] DOCUMENT = {"doctor", "--json", "--seconds=0.5"};

    @TempDir
    private Path folder;

    @Test
    void screen_ofAMeteredMachine_showsMovingPowerAndNoAdvice() throws Exception {
        try (Server server = Server.metered(folder).moving()) {
            Terminal terminal = server.terminal();

            assertThat(terminal.run(SCREEN)).isZero();

            assertThat(terminal.out())
                    .contains("Machine node-7", "2 packages, 8 hardware threads", "62.5 GiB RAM", "no hypervisor seen")
                    .contains("Measured: cpu, dram.")
                    .containsPattern("cpu +rapl-powercap +measured +1\\d\\d W +\\d+(\\.\\d)? ms +±\\d+ %")
                    .containsPattern("together +measured +1\\d\\d W +±")
                    .containsPattern("rapl +in use")
                    .containsPattern("model +stand-by")
                    .doesNotContain("What would make it better", "PROBLEM", "  unknown");
            assertThat(terminal.lines()).allMatch(line -> line.length() <= Page.WIDTH || line.contains("/"));
            assertThat(terminal.err()).isEmpty();
        }
    }

    @Test
    void document_ofAMeteredMachine_holdsTheFiguresAsNumbers() throws Exception {
        try (Server server = Server.metered(folder).moving()) {
            Terminal terminal = server.terminal().set("carbon.zone", "KR");

            assertThat(terminal.run(DOCUMENT)).isZero();

            JsonObject document = terminal.json();
            assertThat(document.get("schema_version").getAsInt()).isEqualTo(DoctorDocument.SCHEMA_VERSION);
            assertThat(document.get("look_seconds").getAsDouble()).isEqualTo(0.5);
            assertThat(document.get("any_source").getAsBoolean()).isTrue();
            JsonObject machine = document.getAsJsonObject("machine");
            assertThat(machine.get("hardware_threads").getAsInt()).isEqualTo(8);
            assertThat(machine.get("memory_bytes").getAsLong()).isEqualTo(65536000L * 1024);
            assertThat(machine.get("hypervisor").isJsonNull()).isTrue();
            JsonObject cpu = document.getAsJsonArray("domains").get(0).getAsJsonObject();
            assertThat(cpu.get("domain").getAsString()).isEqualTo("cpu");
            assertThat(cpu.get("source").getAsString()).isEqualTo("rapl-powercap");
            assertThat(cpu.get("quality").getAsString()).isEqualTo("measured");
            assertThat(cpu.get("watts").getAsDouble()).isBetween(70.0, 280.0);
            assertThat(cpu.get("update_seconds").getAsDouble()).isPositive();
            assertThat(cpu.getAsJsonObject("band95").get("high_ratio").getAsDouble())
                    .isEqualTo(1 + 1.96 * 0.03);
            assertThat(cpu.get("trouble").isJsonNull()).isTrue();
            assertThat(document.getAsJsonObject("total").get("watts").getAsDouble())
                    .isGreaterThan(cpu.get("watts").getAsDouble());
            assertThat(texts(document, "settings", "key")).contains("carbon.zone", "energy.sysfs.root");
            assertThat(terminal.err()).isEmpty();
        }
    }

    @Test
    void screen_ofAnUnreadableZone_namesTheFileAndHowToReadItFirst() throws Exception {
        try (Server server = Server.metered(folder).deny("intel-rapl:1").moving()) {
            Terminal terminal = server.terminal();

            assertThat(terminal.run(SCREEN)).isZero();

            String file = server.energyFile("intel-rapl:1").toString();
            assertThat(terminal.out())
                    .contains("Modelled from the load, not measured: cpu, dram.", "A meter cannot be read")
                    .containsPattern("cpu +model-\\w+ +modelled")
                    .containsPattern("rapl +\\S.*PROBLEM: ")
                    .contains(file)
                    .containsPattern("What would make it better\\R  1\\. rapl: ")
                    .containsPattern("\\R  2\\. model: ");
        }
    }

    @Test
    void document_ofAnUnreadableZone_listsTheRemedyAsFirstAdvice() throws Exception {
        try (Server server = Server.metered(folder).deny("intel-rapl:1").moving()) {
            Terminal terminal = server.terminal();

            terminal.run(DOCUMENT);

            JsonObject first = terminal.json().getAsJsonArray("advice").get(0).getAsJsonObject();
            assertThat(first.get("kind").getAsString()).isEqualTo("lost");
            assertThat(first.get("remedy").getAsString())
                    .contains(server.energyFile("intel-rapl:1").toString());
        }
    }

    @Test
    void screen_ofACounterThatStandsStill_saysUnknownAndWhy() throws Exception {
        Terminal terminal = Server.metered(folder).terminal();

        assertThat(terminal.run(SCREEN)).isZero();

        assertThat(terminal.out())
                .containsPattern("cpu +rapl-powercap +measured +unknown +unknown")
                .contains("no power: the counter moved less than twice in 0.5 s")
                .containsPattern("together +measured +unknown +unknown")
                .doesNotContain(" 0.00 W");
    }

    @Test
    void document_ofACounterThatStandsStill_holdsNull() throws Exception {
        Terminal terminal = Server.metered(folder).terminal();

        terminal.run(DOCUMENT);

        JsonObject cpu = terminal.json().getAsJsonArray("domains").get(0).getAsJsonObject();
        assertThat(cpu.get("watts").isJsonNull()).isTrue();
        assertThat(cpu.get("update_seconds").isJsonNull()).isTrue();
        assertThat(terminal.json().getAsJsonObject("total").get("watts").isJsonNull())
                .isTrue();
    }

    @Test
    void screen_ofAVirtualMachine_advisesNoHardwareOfItsOwn() throws Exception {
        Terminal terminal = Server.bare(folder, "hypervisor").terminal();

        assertThat(terminal.run(SCREEN)).isZero();

        assertThat(terminal.out())
                .contains(", virtual machine", "Modelled from the load, not measured: cpu, dram.")
                .containsPattern("What would make it better\\R  1\\. model: ")
                .doesNotContain(". rapl: ");
    }

    @Test
    void screen_ofHardwareWithoutCounters_tellsHowToGetThem() throws Exception {
        Terminal terminal = Server.bare(folder, "").terminal();

        terminal.run(SCREEN);

        assertThat(terminal.out()).containsPattern("\\d\\. rapl: ");
    }

    @Test
    void exitCode_whenNoSourceWorks_is1() throws Exception {
        Terminal terminal = Server.bare(folder, "").terminal().set("energy.sources", "rapl");

        assertThat(terminal.run(SCREEN)).isEqualTo(Doctor.NOTHING);

        assertThat(terminal.out())
                .contains("Nothing can be measured or modelled here")
                .doesNotContain("DOMAIN");
    }

    @Test
    void document_whenNoSourceWorks_isWholeAndSaysSo() throws Exception {
        Terminal terminal = Server.bare(folder, "").terminal().set("energy.sources", "rapl");

        assertThat(terminal.run(DOCUMENT)).isEqualTo(Doctor.NOTHING);

        assertThat(terminal.json().get("any_source").getAsBoolean()).isFalse();
        assertThat(terminal.json().getAsJsonArray("domains")).isEmpty();
        assertThat(terminal.json().getAsJsonObject("total").get("watts").isJsonNull())
                .isTrue();
    }

    @Test
    void badSettings_areProblemsInBothForms() throws Exception {
        Server server = Server.bare(folder, "");
        Terminal screen = server.terminal().set("http.port", "many").set("energy.sources", "rapl;steam;auto");
        Terminal document = server.terminal().set("http.port", "many").set("energy.sources", "rapl;steam;auto");

        screen.run(SCREEN);
        document.run(DOCUMENT);

        assertThat(screen.out()).containsPattern("PROBLEM: http\\.port: 'many'").containsPattern("PROBLEM: .*steam");
        assertThat(document.json().getAsJsonArray("problems").toString()).contains("many", "steam");
    }

    @Test
    void settingsThatOnlyARunningMeterReads_areCheckedToo() throws Exception {
        Path salt = folder.resolve("no-salt");
        Terminal terminal = Server.bare(folder, "")
                .terminal()
                .set("budget.team.limit", "20 horses")
                .set("budget.all.limit", "500 g")
                .set("tenant.salt_file", salt.toString())
                .set("training.models", "minilm=much");

        terminal.run(DOCUMENT);

        List<String> problems = new ArrayList<>();
        terminal.json().getAsJsonArray("problems").forEach(problem -> problems.add(problem.getAsString()));
        assertThat(problems)
                .hasSize(3)
                .anyMatch(line -> line.startsWith("budget.team.limit='20 horses': allowed: "))
                .anyMatch(line -> line.startsWith("tenant.salt_file: " + salt + " cannot be read"))
                .anyMatch(line -> line.startsWith("training.models: 'minilm=much' is not allowed; allowed: "));
    }

    @Test
    void gpuThatNothingMeters_isNamed() throws Exception {
        Server server = Server.bare(folder, "hypervisor");
        Path device = Files.createDirectories(server.sysRoot().resolve("bus/pci/devices/0000_65_00.0"));
        Files.writeString(device.resolve("vendor"), "0x10de\n");
        Files.writeString(device.resolve("class"), "0x030200\n");
        Terminal screen = server.terminal();
        Terminal document = server.terminal();

        screen.run(SCREEN);
        document.run(DOCUMENT);

        assertThat(screen.out()).contains("GPU of NVIDIA at PCI 0000_65_00.0: nothing meters it");
        assertThat(texts(document.json(), "unmetered_gpus", "vendor")).containsExactly("NVIDIA");
    }

    @Test
    void screen_onATerminalWithoutUnicode_isReadable() throws Exception {
        Terminal terminal = Server.metered(folder).terminal().encoding(StandardCharsets.US_ASCII);

        terminal.run(SCREEN);

        assertThat(terminal.out()).contains("+-").doesNotContain("?");
    }

    private static List<String> texts(JsonObject document, String list, String member) {
        List<String> texts = new ArrayList<>();
        for (JsonElement element : document.getAsJsonArray(list)) {
            texts.add(element.getAsJsonObject().get(member).getAsString());
        }
        return texts;
    }
}
