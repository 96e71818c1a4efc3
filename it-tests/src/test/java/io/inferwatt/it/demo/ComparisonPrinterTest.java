package io.inferwatt.it.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.it.demo.EnergyReport.ModelRow;
import io.inferwatt.it.demo.EnergyReport.Site;
import java.math.RoundingMode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ComparisonPrinterTest {

    private static final Division NOT_KNOWN = new Division(Double.NaN, false, List.of(), Double.NaN);

    private static ModelRow local(double low, double joules, double high) {
        return local(new Band(low, joules, high), "modelled", NOT_KNOWN);
    }

    private static ModelRow local(Band joules, String quality, Division division) {
        return new ModelRow(
                "small",
                "chat",
                1,
                1,
                joules.central(),
                0,
                1,
                1,
                Set.of("a-source"),
                Set.of(quality),
                joules,
                0.02,
                division);
    }

    private static String print(ModelRow local) {
        return print(local, "chat");
    }

    private static String print(ModelRow local, String operation) {
        RemoteRow remote =
                new RemoteRow("large", operation, 2, 20, 10, new Band(20, 100, 500), 0.1, 1, 1, Set.of("a-method"));
        return ComparisonPrinter.print(
                new EnergyReport(List.of(local), List.of(remote), List.of(), new Site(400, "KR", "table", 1.2)));
    }

    @Test
    void sentence_saysWhatTheBandsCarry() {
        assertThat(print(local(0.5, 1, 2)))
                .contains(
                        "A request to small draws 1/100 of the energy of one to large, between 1/577 and 1/17 (95 %).");
        assertThat(print(local(5_000, 10_000, 20_000)))
                .contains("A request to small draws 100 times the energy of one to large");
        assertThat(print(local(50, 100, 200)))
                .contains("Whether a request to small or to large draws more cannot be told");
        assertThat(print(local(Double.NaN, 1, 2))).contains("cannot be told: a band is not known");
    }

    @Test
    void measuredJoulesWhoseDivisionIsNotKnown_orThatAreKnownOnlyTogether_allowNoSentence() {
        Band joules = new Band(0.9, 1, 1.1);
        assertThat(print(local(joules, "measured", NOT_KNOWN)))
                .contains("How a request to small compares with one to large cannot be told: a band is not known.")
                .containsPattern("(?m)^small .* not known ");
        assertThat(print(local(joules, "measured", new Division(0.1, false, List.of(), Double.NaN))))
                .contains("A request to small draws 1/100");
        assertThat(print(local(joules, "measured", new Division(0.1, true, List.of("small", "tiny"), 0.01))))
                .contains("cannot be told: it is only known together with tiny")
                .containsPattern("(?m)^small .* measured only known together with tiny$");
    }

    @Test
    void modelsThatDoOtherWork_areSaidToDoSo() {
        assertThat(print(local(0.5, 1, 2), "embeddings")).contains("(95 %); other work: chat beside embeddings.");
        assertThat(print(local(0.5, 1, 2))).doesNotContain("other work:");
        assertThat(print(local(0.5, 1, 2), "inference")).doesNotContain("other work:");
    }

    @Test
    void endsOfABand_areNeverRoundedInwards() {
        assertThat(ComparisonPrinter.fraction(0.40, RoundingMode.UP)).isEqualTo("1/2");
        assertThat(ComparisonPrinter.fraction(0.29, RoundingMode.DOWN)).isEqualTo("1/4");
        assertThat(ComparisonPrinter.fraction(0.29, RoundingMode.HALF_UP)).isEqualTo("1/3");
        assertThat(ComparisonPrinter.fraction(0.734, RoundingMode.UP)).isEqualTo("74 %");
        assertThat(ComparisonPrinter.fraction(0.736, RoundingMode.DOWN)).isEqualTo("73 %");
    }

    @Test
    void requestsWithoutAnEstimate_areLeftOutOfTheMean_andSaid() {
        assertThat(print(local(0.5, 1, 2))).contains("20.0 to 500").contains("(1 requests without)");
    }

    @Test
    void quotient_hasTheErrorsOfBoth() {
        Band quotient = new Band(5, 10, 20).over(new Band(1, 2, 4));

        assertThat(quotient.central()).isEqualTo(5);
        double factor = Math.exp(Math.sqrt(2) * Math.log(2));
        assertThat(quotient.low()).isCloseTo(5 / factor, within(1e-9));
        assertThat(quotient.high()).isCloseTo(5 * factor, within(1e-9));
    }

    @Test
    void withoutRemoteModels_nothingIsSaid() {
        assertThat(ComparisonPrinter.print(new EnergyReport(
                        List.of(local(1, 1, 1)), List.of(), List.of(), new Site(400, "KR", "table", 1.2))))
                .isEmpty();
    }
}
