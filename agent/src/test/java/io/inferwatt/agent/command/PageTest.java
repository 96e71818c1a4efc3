package io.inferwatt.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

    @Test
    void paragraph_wrapsBelowItsBeginningAndNeverBreaksAWord() {
        String path = "/" + "very-long-name".repeat(10);

        List<String> lines = lines(new Page().paragraph("  1.", 5, "read " + path + " " + "word ".repeat(25)));

        assertThat(lines.get(0)).isEqualTo("  1. read");
        assertThat(lines.get(1)).isEqualTo("     " + path);
        assertThat(lines.subList(2, lines.size()))
                .hasSize(2)
                .allMatch(line -> line.startsWith("     word") && line.length() <= Page.WIDTH);
    }

    @Test
    void paragraph_keepsControlCharactersFromTheTerminal() {
        assertThat(lines(new Page().paragraph("", 2, "a\u001b[31m\nb"))).containsExactly("  a [31m b");
    }

    @Test
    void text_forATerminalWithoutPlusMinus_spellsIt() {
        Page page = new Page().line("±6 %");

        assertThat(page.text(StandardCharsets.US_ASCII)).startsWith("+-6 %");
        assertThat(page.text(StandardCharsets.ISO_8859_1)).startsWith("±6 %");
    }

    private static List<String> lines(Page page) {
        return page.text(StandardCharsets.UTF_8).lines().toList();
    }
}
