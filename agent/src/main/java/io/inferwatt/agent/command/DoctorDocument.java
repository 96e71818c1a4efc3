package io.inferwatt.agent.command;

import io.inferwatt.agent.start.AgentVersion;
import io.inferwatt.core.config.ConfigLoader.Setting;
import io.inferwatt.core.energy.DomainReading;
import io.inferwatt.core.energy.ErrorBand;
import io.inferwatt.core.energy.Finding;
import io.inferwatt.core.energy.ReadingFlag;
import io.inferwatt.core.energy.SourceReport;
import io.inferwatt.core.host.HostFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was found, for a program; {@code docs/doctor.md} is its description. Every member is always there, null where
 * unknown. {@value #SCHEMA_VERSION} goes up when a member changes its meaning or goes, not when one is added.
 */
final class DoctorDocument {

    static final int SCHEMA_VERSION = 1;

    private DoctorDocument() {}

    static Map<String, @Nullable Object> of(Examination examination) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("schema_version", SCHEMA_VERSION);
        document.put("version", AgentVersion.current());
        document.put("look_seconds", examination.look().toMillis() / 1000.0);
        document.put("any_source", examination.anySource());
        document.put("verdict", Verdict.of(examination));
        document.put("java", java());
        document.put("machine", machine(examination.survey().host()));
        document.put("domains", each(examination.domains(), DoctorDocument::domain));
        document.put("total", total(PowerSum.of(examination.domains())));
        document.put("unmetered_gpus", each(examination.unmetered(), DoctorDocument::gpu));
        document.put("sources", each(examination.survey().energy().sources(), DoctorDocument::source));
        document.put("advice", each(Advice.of(examination), DoctorDocument::advice));
        document.put("footprint", examination.survey().footprint());
        document.put("settings", each(examination.given(), DoctorDocument::setting));
        document.put("problems", examination.problems());
        return document;
    }

    private static Map<String, @Nullable Object> java() {
        Map<String, @Nullable Object> java = new LinkedHashMap<>();
        java.put("vm", System.getProperty("java.vm.name"));
        java.put("version", Runtime.version().toString());
        java.put("os", System.getProperty("os.name"));
        java.put("os_version", System.getProperty("os.version"));
        java.put("arch", System.getProperty("os.arch"));
        return java;
    }

    private static Map<String, @Nullable Object> machine(HostFacts facts) {
        Map<String, @Nullable Object> machine = new LinkedHashMap<>();
        machine.put("host", facts.hostName());
        machine.put("processor", facts.processorName());
        machine.put("vendor", facts.vendor());
        machine.put("packages", facts.packages());
        machine.put("hardware_threads", facts.hardwareThreads());
        machine.put("memory_bytes", facts.memoryBytes() > 0 ? facts.memoryBytes() : null);
        machine.put("hypervisor", facts.virtualization());
        machine.put("container_cpus", facts.containerCpus());
        machine.put("container_view", facts.containerView());
        return machine;
    }

    private static Map<String, @Nullable Object> domain(DomainReading reading) {
        boolean speaks = Figures.speaks(reading);
        List<String> flags = new ArrayList<>();
        for (ReadingFlag flag : ReadingFlag.values()) {
            if (reading.flags().contains(flag)) {
                flags.add(flag.label());
            }
        }
        Map<String, @Nullable Object> domain = new LinkedHashMap<>();
        domain.put("domain", reading.domain().id());
        domain.put("component", reading.domain().component().label());
        domain.put("device", orNull(reading.device()));
        domain.put("source", speaks ? reading.source() : null);
        domain.put("quality", speaks ? reading.quality().label() : null);
        domain.put("flags", flags);
        domain.put("counted", reading.counted());
        domain.put("watts", reading.watts());
        domain.put("update_seconds", reading.updateSeconds());
        domain.put("band95", speaks ? band(reading.band()) : null);
        domain.put("trouble", orNull(reading.trouble()));
        return domain;
    }

    private static Map<String, @Nullable Object> total(PowerSum sum) {
        Map<String, @Nullable Object> total = new LinkedHashMap<>();
        boolean known = sum.parts() > 0 && !Double.isNaN(sum.watts());
        total.put("watts", known ? sum.watts() : null);
        total.put("quality", known ? sum.quality() : null);
        total.put("band95", band(sum.band()));
        return total;
    }

    private static @Nullable Map<String, @Nullable Object> band(@Nullable ErrorBand band) {
        if (band == null) {
            return null;
        }
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("low_ratio", band.lowRatio());
        document.put("high_ratio", band.highRatio());
        return document;
    }

    private static Map<String, @Nullable Object> gpu(GraphicsHardware gpu) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("vendor", gpu.vendor());
        document.put("pci", gpu.address());
        return document;
    }

    private static Map<String, @Nullable Object> source(SourceReport report) {
        Map<String, @Nullable Object> source = new LinkedHashMap<>();
        source.put("source", report.source());
        source.put("standing", report.standing().label());
        source.put("findings", each(report.findings(), DoctorDocument::finding));
        return source;
    }

    private static Map<String, @Nullable Object> finding(Finding finding) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("kind", finding.kind().label());
        document.put("text", finding.text());
        document.put("remedy", orNull(finding.remedy()));
        return document;
    }

    private static Map<String, @Nullable Object> advice(Finding finding) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("source", finding.source());
        document.put("kind", finding.kind().label());
        document.put("remedy", finding.remedy());
        return document;
    }

    private static Map<String, @Nullable Object> setting(Setting setting) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("key", setting.key());
        document.put("value", setting.value());
        document.put("origin", setting.origin());
        return document;
    }

    private static <T> List<Map<String, @Nullable Object>> each(
            List<T> things, Function<T, Map<String, @Nullable Object>> written) {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        things.forEach(thing -> all.add(written.apply(thing)));
        return all;
    }

    private static @Nullable String orNull(String text) {
        return text.isBlank() ? null : text;
    }
}
