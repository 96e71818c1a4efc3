package io.inferwatt.agent.command;

import io.inferwatt.agent.start.AgentVersion;
import io.inferwatt.agent.start.HostSettings;
import io.inferwatt.core.EnergyMeter;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.config.ConfigLoader;
import io.inferwatt.core.config.ConfigLoader.Loaded;
import io.inferwatt.core.config.ConfigLoader.Setting;
import io.inferwatt.core.host.HostFacts;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Tells a person what the agent would find here, with the settings of this process. Starts a meter and stops it again. */
final class Doctor {

    private static final long BYTES_PER_MEBIBYTE = 1L << 20;

    private final PrintStream out;

    Doctor(PrintStream out) {
        this.out = out;
    }

    void examine() {
        Loaded loaded = ConfigLoader.load(null, HostSettings.systemProperties(), System.getenv());
        section("Inferwatt " + AgentVersion.current());
        line(System.getProperty("java.vm.name") + " " + Runtime.version() + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + " " + System.getProperty("os.arch"));
        try (EnergyMeter meter = EnergyMeter.start(loaded.config(), new Calls())) {
            section("Machine");
            machine(meter.host());
            section("Energy and carbon");
            lines(meter.findings(), "nothing found");
        }
        section("Settings other than the defaults");
        lines(given(loaded.settings()), "none");
        section("Problems with settings");
        lines(loaded.problems(), "none");
    }

    private void machine(HostFacts facts) {
        line(facts.hostName() + ": " + facts.processorName() + " (" + facts.vendor() + "), packages: "
                + facts.packages() + ", hardware threads: " + facts.hardwareThreads());
        line(facts.memoryBytes() / BYTES_PER_MEBIBYTE + " MiB of memory; "
                + (facts.virtualization() == null
                        ? "no hypervisor seen"
                        : "runs under the hypervisor " + facts.virtualization()));
    }

    private static List<String> given(List<Setting> settings) {
        List<String> given = new ArrayList<>();
        for (Setting setting : settings) {
            if (!setting.origin().equals(Setting.DEFAULT)) {
                given.add(setting.key() + " = " + setting.value() + "   (" + setting.origin() + ")");
            }
        }
        return given;
    }

    private void section(String title) {
        out.println(title);
    }

    private void lines(List<String> lines, String ifNone) {
        lines.forEach(this::line);
        if (lines.isEmpty()) {
            line(ifNone);
        }
    }

    private void line(String text) {
        out.println("  " + text);
    }
}
