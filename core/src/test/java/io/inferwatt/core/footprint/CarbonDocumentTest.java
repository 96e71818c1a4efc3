package io.inferwatt.core.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.footprint.GridIntensityTable.Row;
import io.inferwatt.core.footprint.MadeHardware.Device;
import io.inferwatt.core.footprint.live.IntensityFeed;
import io.inferwatt.core.host.HostFacts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Keeps what {@code docs/carbon.md} and the notice say of the table true. */
class CarbonDocumentTest {

    private final String document = Files.readString(Path.of("..", "docs", "carbon.md"));
    private final List<Row> rows = GridIntensityTable.embedded().rows();

    CarbonDocumentTest() throws IOException {}

    @Test
    void counts_areThoseOfTheTable() {
        assertThat(document)
                .contains("**" + count(row -> row.source().contains("CO2.js")) + " of the " + rows.size()
                        + " rows were read through CO2.js")
                .contains(count(2025) + " rows describe 2025, " + count(2024) + " rows 2024, " + count(2023)
                        + " rows 2023, " + count(2022) + " rows 2022. "
                        + count(row -> row.source().contains("year inferred")) + " rows read through SPRUCE");
    }

    @Test
    void attribution_isWhereTheLicenceWantsIt() throws IOException {
        assertThat(document).contains("> " + GridIntensityTable.ATTRIBUTION + "\n");
        try (InputStream notice = GridIntensityTable.class.getResourceAsStream("NOTICE.txt")) {
            assertThat(new String(notice.readAllBytes(), StandardCharsets.UTF_8))
                    .contains(GridIntensityTable.ATTRIBUTION + "\n");
        }
    }

    @Test
    void workedExamples_comeOut() {
        Facility facility = new Facility(1.2, "configured", 0.5, 3, "configured");
        assertThat(facility.grams(3.6e6, 400)).isCloseTo(480, within(1e-9));
        assertThat(facility.liters(3.6e6)).isCloseTo(4.1, within(1e-12));
        assertThat(document).contains("400 g/kWh is 480 g", "EWIF 3 is 4.1 L");

        assertThat(document)
                .contains("bare metal is " + gramsAnHour(64, null) + " g an hour")
                .contains("with 4 threads " + gramsAnHour(4, "KVM") + " g");
    }

    private static String gramsAnHour(int threads, @Nullable String virtualization) {
        HostFacts facts = new HostFacts("h", "unknown", "unknown", 1, threads, 0, virtualization);
        double grams =
                3600 * new MadeHardware(InferwattConfig.Embodied.DEFAULTS, facts, List::of).gramsPerSecond(Domain.CPU);
        return String.format(Locale.ROOT, grams < 10 ? "%.2f" : "%.1f", grams);
    }

    @Test
    void hardware_isThatOfTheTable() {
        HostFacts facts = new HostFacts("h", "unknown", "unknown", 1, 64, 0, null);
        for (String row :
                List.of("H100, H200, GH200 | 164", "B200, GB200 | 284", "A100 | 128", "any other GPU | 164")) {
            assertThat(document).contains("| " + row + " | 3 |");
            String[] parts = row.split(" \\| ", -1);
            for (String name : parts[0].split(", ", -1)) {
                Device device = new Device(Domain.gpu("0"), "NVIDIA " + name);
                assertThat(new MadeHardware(InferwattConfig.Embodied.DEFAULTS, facts, () -> List.of(device))
                                .gramsPerSecond(device.domain()))
                        .as(name)
                        .isCloseTo(1000 * Double.parseDouble(parts[1]) / (3 * 365 * 86_400.0), within(1e-15));
            }
        }
    }

    @Test
    void everyFeed_isDescribed() throws IOException {
        try (InputStream services = GridIntensityTable.class.getResourceAsStream(
                "/META-INF/services/io.inferwatt.core.footprint.live.IntensityFeed")) {
            assertThat(services).isNotNull();
        }
        for (IntensityFeed feed : ServiceLoader.load(IntensityFeed.class)) {
            assertThat(document).contains("| `" + feed.id() + "` |");
        }
    }

    private long count(int year) {
        return count(row -> row.year() == year);
    }

    private long count(Predicate<Row> condition) {
        return rows.stream().filter(condition).count();
    }
}
