package io.inferwatt.core.energy.modelled;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessorTdpTest {

    /** Names as the kernel shows them, watts as the makers publish them. */
    @ParameterizedTest
    @CsvSource({
        "Intel(R) Xeon(R) Platinum 8259CL CPU @ 2.50GHz, 210",
        "Intel(R) Xeon(R) Platinum 8380 CPU @ 2.30GHz, 270",
        "Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz, 125",
        "Intel(R) Xeon(R) CPU E5-2620 v3 @ 2.40GHz, 85",
        "Intel(R) Xeon(R) CPU           E5620  @ 2.40GHz, 80",
        "Intel(R) Core(TM) i7-8700 CPU @ 3.20GHz, 65",
        "12th Gen Intel(R) Core(TM) i7-12700H, 45",
        "Intel(R) Core(TM) Ultra 7 155H, 28",
        "Intel(R) N100, 6",
        "AMD EPYC 7763 64-Core Processor, 280",
        "AMD EPYC 9654 96-Core Processor, 360",
        "AMD EPYC 7302P 16-Core Processor, 155",
        "AMD Opteron(tm) Processor 6140, 115",
        "AMD Ryzen 9 5950X 16-Core Processor, 105",
        "AMD Ryzen 7 5700U with Radeon Graphics, 15",
        "AMD Ryzen Threadripper PRO 5995WX 64-Cores, 280",
        "AMD FX(tm)-8350 Eight-Core Processor, 125"
    })
    void wattsOf_nameAsTheKernelShowsIt_areTheMakers(String name, double watts) {
        assertThat(ProcessorTdp.wattsOf(name)).isEqualTo(watts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "amd64",
                "Intel(R) Xeon(R) Processor",
                "Intel(R) Xeon(R) Processor @ 2.60GHz",
                "Intel Xeon Processor (Skylake, IBRS)",
                "AMD EPYC Processor",
                "AMD EPYC-Rome Processor",
                "QEMU Virtual CPU version 2.5+",
                "Common KVM processor",
                "ARMv8 Processor rev 0 (v8l)",
                "Neoverse-N1",
                "Intel(R) Xeon(R) Platinum 8259",
                "Xeon(R) Platinum 8259CL",
                "12th Gen Intel(R) Core(TM) i7-12700K",
                "210,intel xeon platinum 8259cl",
                "watts,name"
            })
    void wattsOf_nameThatIsNotExactlyInTheTable_areNone(String name) {
        assertThat(ProcessorTdp.wattsOf(name)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "Intel(R) Xeon(R) Platinum 8259CL CPU @ 2.50GHz, true",
        "AMD EPYC 7R13 Processor, true",
        "Intel(R) Xeon(R) CPU E5-2673 v4 @ 2.30GHz, true",
        "Intel(R) Xeon(R) Processor, false",
        "Intel(R) Xeon(R) CPU @ 2.20GHz, false",
        "'Intel Xeon Processor (Skylake, IBRS)', false",
        "AMD EPYC-Rome Processor, false",
        "QEMU Virtual CPU version 2.5+, false",
        "unknown, false"
    })
    void tellsModel_familyAlone_doesNot(String name, boolean model) {
        assertThat(ProcessorName.tellsModel(name)).isEqualTo(model);
    }

    @Test
    void display_dropsMarksAndClockRate() {
        assertThat(ProcessorName.display("Intel(R) Xeon(R) CPU           E5620  @ 2.40GHz"))
                .isEqualTo("Intel Xeon CPU E5620");
    }

    @Test
    void everyRowIsInTheSpellingOfTheLookUp_sorted_once_plausible_andSaysItsSource() throws Exception {
        List<String> comments = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                ProcessorTdp.class.getResourceAsStream("processor_tdp.csv"), StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> (line.startsWith("#") ? comments : rows).add(line));
        }
        assertThat(String.join("\n", comments)).contains("CodeCarbon", "MIT", "b05965e43b69", ": 4606 names,");
        assertThat(rows.remove(0)).isEqualTo("watts,name");
        assertThat(rows).hasSize(4606);
        List<String> names = new ArrayList<>();
        for (String row : rows) {
            String name = row.substring(row.indexOf(',') + 1);
            names.add(name);
            assertThat(Double.parseDouble(row.substring(0, row.indexOf(','))))
                    .as(row)
                    .isBetween(1.0, 1000.0);
            assertThat(ProcessorName.comparable(name)).isEqualTo(name);
            assertThat(name).matches("(intel|amd|apple) [a-z0-9 .+/-]*[0-9][a-z0-9 .+/-]*");
        }
        assertThat(names).isSorted().doesNotHaveDuplicates();
        assertThat(ProcessorTdp.class.getResource("NOTICE.txt")).isNotNull();
    }
}
