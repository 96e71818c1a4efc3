package io.inferwatt.exporters.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.footprint.Facility;
import io.inferwatt.core.report.FacilityUseOf;
import io.inferwatt.core.report.disclosure.LocalPart;
import io.inferwatt.core.report.disclosure.ModelLine;
import io.inferwatt.core.report.disclosure.ModelLine.Counts;
import io.inferwatt.core.report.disclosure.ModelLine.Tokens;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cases that were computed by hand or published, beside what the classes that meter make of them. */
class OracleTest {

    private static final double KWH = 3.6e6;
    private static final double YEARS_4 = 4 * 365.25 * 86_400;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 kWh IT, PUE 1.2, 400 g/kWh                        | g   | 480    | 1e-9
            1 kWh IT, PUE 1.2, WUE 0.5, EWIF 3                  | L   | 4.1    | 1e-9
            TE 1000 kg, 4 years, 1 h (SCI text)                 | g   | 28.5   | 0.05
            Gemini: 0.22 Wh IT, WUE 1.15 (published 0.26)       | mL  | 0.253  | 1e-9
            Gemini: 0.24 Wh with PUE 1.09, 94 g/kWh             | g   | 0.0226 | 1e-4
            SCI of 1 request: 480 g and 28.5 g, R = 10          | g/R | 50.85  | 0.01
            """)
    void figure_isThatOfTheReference(String what, String unit, double reference, double tolerance) {
        double ours = switch (what.substring(0, 4) + unit) {
            case "1 kWg" -> new Facility(1.2, "", 0.5, 3, "").grams(KWH, 400);
            case "1 kWL" -> new Facility(1.2, "", 0.5, 3, "").liters(KWH);
            case "TE 1g" -> embodied();
            case "GemimL" -> 1000 * new Facility(1.09, "", 1.15, 0, "").liters(0.22e-3 * KWH);
            case "Gemig" -> new Facility(1.09, "", 1.15, 0, "").grams(0.24e-3 / 1.09 * KWH, 94);
            default -> line().sciGramsPerRequest();
        };
        System.err.printf(Locale.ROOT, "oracle | %-50s | %8.4f %-3s | ours %8.4f%n", what, reference, unit, ours);
        assertThat(ours).isCloseTo(reference, within(tolerance));
    }

    /** TE times dt over EL, ISO/IEC 21031:2024. */
    private static double embodied() {
        return 1_000_000 / YEARS_4 * 3600;
    }

    private static ModelLine line() {
        Facility facility = new Facility(1.2, "", 0.5, 3, "");
        LocalPart part = LocalPart.of(
                KWH,
                0,
                KWH,
                1,
                1,
                0,
                KWH,
                0,
                facility.grams(KWH, 400),
                embodied(),
                Double.NaN,
                facility.liters(KWH),
                FacilityUseOf.constant(KWH, facility));
        assertThat(part.meanGramsPerKwh()).isCloseTo(400, within(1e-9));
        assertThat(part.meanPue()).isCloseTo(1.2, within(1e-12));
        assertThat(part.meanWueLitersPerKwh()).isCloseTo(0.5, within(1e-12));
        assertThat(part.meanEwifLitersPerKwh()).isCloseTo(3, within(1e-12));
        return ModelLine.of(
                "m/o",
                "m",
                "o",
                "",
                "",
                new Counts(10, 10, 0, 0, 0, 0, 0, 10, 1),
                new Tokens(0, 0, 0, 0, 0),
                part,
                null,
                Double.NaN,
                List.of());
    }
}
