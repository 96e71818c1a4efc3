package io.inferwatt.it.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.it.demo.EnergyReport.ModelRow;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SizePrinterTest {

    private static final List<ModelCard> CARDS = List.of(
            new ModelCard("big", "embedding", 80_000_000),
            new ModelCard("big-q", "embedding", 20_000_000),
            new ModelCard("words-2-threads", "generator", 16_800_000),
            new ModelCard("words-1-thread", "generator", 16_800_000),
            new ModelCard("trees", "trees", 100_000));

    private static ModelRow row(String name, double joulesPerRequest, double uncertainty) {
        return new ModelRow(
                name,
                "inference",
                10,
                10,
                joulesPerRequest * 10,
                0,
                1,
                0.1,
                Set.of("rapl"),
                Set.of("measured"),
                new Band(joulesPerRequest * 9, joulesPerRequest * 10, joulesPerRequest * 11),
                0.02,
                new Division(uncertainty, false, List.of(), Double.NaN));
    }

    @Test
    void table_isSortedBySize_andComparesWithTheCheapest() {
        String text = SizePrinter.print(List.of(row("big", 2, 0.01), row("trees", 0.01, 0.01)), CARDS);

        assertThat(text.lines().toList().subList(3, 5))
                .satisfiesExactly(
                        line -> assertThat(line).matches("trees +trees +0\\.100 +0\\.0100 +1\\.0 x +0\\.100"),
                        line -> assertThat(line).matches("big +embedding +80\\.0 +2\\.00 +200 x +0\\.0250"));
    }

    @Test
    void findings_sayWhatTheFiguresCarry() {
        String text = SizePrinter.print(
                List.of(
                        row("big", 2, 0.01),
                        row("big-q", 2.6, 0.01),
                        row("words-1-thread", 1, 0.01),
                        row("words-2-threads", 3, 0.01)),
                CARDS);

        assertThat(text)
                .contains(
                        "words, the same file asked the same, draws 3.0 x as much with two threads as with one (95 % band of"
                                + " the ratio 2.88 to 3.12).")
                .contains(
                        "Finding: the smaller file is the dearer one. big-q has 25 % of the bytes of big and draws 130 %"
                                + " of its joules");
    }

    @Test
    void findings_thatTheBandDoesNotCarry_areNotClaimed() {
        String text = SizePrinter.print(
                List.of(
                        row("big", 2, 0.2),
                        row("big-q", 2.4, 0.2),
                        row("words-1-thread", 1, 0.3),
                        row("words-2-threads", 1.5, 0.3)),
                CARDS);

        assertThat(text).doesNotContain("Finding: two threads", "dearer");
    }

    @Test
    void quantising_thatPays_isSaidToWhereTheBandCarriesIt() {
        String sure = SizePrinter.print(List.of(row("big", 2, 0.01), row("big-q", 0.9, 0.01)), CARDS);
        String unsure = SizePrinter.print(List.of(row("big", 2, Double.NaN), row("big-q", 0.9, Double.NaN)), CARDS);

        assertThat(sure)
                .contains("Quantising pays. big-q has 25 % of the bytes of big and draws 45 % of its joules (95 %");
        assertThat(unsure)
                .contains(
                        "big-q has 25 % of the bytes of big and draws 45 % of its joules, how surely is not known here.")
                .doesNotContain("pays");
    }

    @Test
    void modelsNobodyCalled_areLeftOut() {
        assertThat(SizePrinter.print(List.of(), CARDS)).isEmpty();
    }

    @Test
    void card_survivesAsAWord() {
        ModelCard card = CARDS.get(0);
        assertThat(ModelCard.ofWord(card.word())).isEqualTo(card);
    }
}
