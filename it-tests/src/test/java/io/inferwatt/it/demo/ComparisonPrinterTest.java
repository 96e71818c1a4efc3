package io.inferwatt.it.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.it.demo.EnergyReport.ModelRow;
import io.inferwatt.it.demo.EnergyReport.Site;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ComparisonPrinterTest {

    private static ModelRow local(double low, double joules, double high) {
        return new ModelRow(
                "small",
                1,
                1,
                joules,
                0,
                1,
                1,
                Set.of("rapl"),
                Set.of("measured"),
                new Band(low, joules, high),
                0.02,
                new Division(Double.NaN, false, List.of(), Double.NaN));
    }

    private static String print(ModelRow local) {
        RemoteRow remote = new RemoteRow("large", 2, 20, 10, new Band(20, 100, 500), 0.1, 1, 1, Set.of("a-method"));
        return ComparisonPrinter.print(
                new EnergyReport(List.of(local), List.of(remote), List.of(), new Site(400, "KR", "table", 1.2)));
    }

    @Test
    void sentence_saysWhatTheBandsCarry() {
        assertThat(print(local(0.5, 1, 2)))
                .contains("small answers for 1/100 of the energy of large, between 1/577 and 1/17");
        assertThat(print(local(5_000, 10_000, 20_000))).contains("small draws 100 times the energy of large");
        assertThat(print(local(50, 100, 200))).contains("Whether small or large draws more cannot be told");
        assertThat(print(local(Double.NaN, 1, 2))).contains("cannot be told: a band is not known");
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
