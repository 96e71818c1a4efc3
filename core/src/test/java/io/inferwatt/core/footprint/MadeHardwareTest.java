package io.inferwatt.core.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.config.ConfigLoader;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.footprint.MadeHardware.Device;
import io.inferwatt.core.host.HostFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MadeHardwareTest {

    private static final HostFacts BARE = new HostFacts("h", "unknown", "unknown", 2, 64, 0, null);
    private static final HostFacts VIRTUAL = new HostFacts("h", "unknown", "unknown", 1, 4, 0, "KVM");
    private static final double YEAR_SECONDS = 365 * 86_400.0;

    private static MadeHardware hardware(String settings, HostFacts facts, String... gpus) {
        List<Device> devices = new ArrayList<>(List.of(new Device(Domain.CPU, "")));
        for (int i = 0; i < gpus.length; i++) {
            devices.add(new Device(Domain.gpu("GPU-" + i), gpus[i]));
        }
        return new MadeHardware(
                ConfigLoader.load(settings, Map.of(), Map.of()).config().embodied(), facts, () -> devices);
    }

    /** ISO/IEC 21031's own example: 1000 kg over 4 years are 28.5 g an hour. */
    @Test
    void exampleOfTheStandard_comesOut() {
        MadeHardware hardware = hardware("embodied.server_kg=1000,embodied.server_years=4", BARE);

        assertThat(3600 * hardware.gramsPerSecond(Domain.CPU)).isCloseTo(28.5, within(0.05));
    }

    @Test
    void commonServer_isAllOfABareMachineAndAPartOfAVirtualOne() {
        double whole = 1_300_000 / (4 * YEAR_SECONDS);

        assertThat(hardware("", BARE).gramsPerSecond(Domain.CPU)).isCloseTo(whole, within(1e-15));
        assertThat(hardware("", BARE).gramsPerSecond(Domain.PLATFORM)).isCloseTo(whole, within(1e-15));
        assertThat(hardware("", BARE).gramsPerSecond(Domain.DRAM)).isZero();
        assertThat(hardware("", VIRTUAL).gramsPerSecond(Domain.CPU)).isCloseTo(whole * 4 / 128, within(1e-15));
        assertThat(hardware("embodied.share=0.25", VIRTUAL).gramsPerSecond(Domain.CPU))
                .isCloseTo(whole / 4, within(1e-15));
        assertThat(hardware("", VIRTUAL).findings())
                .containsExactly(
                        "embodied: 1.1594 g CO2e an hour for the server: 1300.0 kg CO2e (common rack server: Dell "
                                + "R740 1313, median of 48 servers 1215) over 4.0 years, of which this machine is 0.03125: it is "
                                + "virtual and has 4 hardware threads of 128, which is assumed; set embodied.share to its part of "
                                + "the server; set embodied.server_kg to the maker's figure");
    }

    @ParameterizedTest
    @CsvSource({
        "NVIDIA H100 80GB HBM3,164,true",
        "NVIDIA H200,164,true",
        "NVIDIA GH200 480GB,164,true",
        "NVIDIA B200,284,true",
        "NVIDIA GB200,284,true",
        "NVIDIA A100-SXM4-40GB,128,true",
        "NVIDIA RTX A1000,164,false",
        "NVIDIA GeForce RTX 4090,164,false",
        "NVIDIA L4,164,false",
        "'',164,false",
    })
    void gpu_isKnownByItsName(String name, double kilograms, boolean chassis) {
        MadeHardware hardware = hardware("", VIRTUAL, name, name);

        assertThat(hardware.gramsPerSecond(Domain.gpu("GPU-1")))
                .isCloseTo(1000 * kilograms / (3 * YEAR_SECONDS), within(1e-15));
        double server = chassis ? 2 * 712_500 / (3 * YEAR_SECONDS) : 1_300_000 * 4 / 128.0 / (4 * YEAR_SECONDS);
        assertThat(hardware.gramsPerSecond(Domain.CPU)).isCloseTo(server, within(1e-15));
        assertThat(hardware.findings()).hasSize(3);
        assertThat(hardware.findings().get(1)).contains(chassis ? "of its class" : "nothing is known of this one");
    }

    @Test
    void settings_winOverEverything() {
        MadeHardware hardware = hardware(
                "embodied.server_kg=2000,embodied.server_years=5,embodied.share=1,embodied.gpu_kg=300,embodied.gpu_years=6",
                VIRTUAL,
                "NVIDIA H100");

        assertThat(hardware.gramsPerSecond(Domain.CPU)).isCloseTo(2_000_000 / (5 * YEAR_SECONDS), within(1e-15));
        assertThat(hardware.gramsPerSecond(Domain.gpu("GPU-0"))).isCloseTo(300_000 / (6 * YEAR_SECONDS), within(1e-15));
        assertThat(hardware.findings()).allSatisfy(line -> assertThat(line).contains("as configured"));
    }
}
