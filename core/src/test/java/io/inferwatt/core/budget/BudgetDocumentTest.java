package io.inferwatt.core.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.config.ConfigLoader;
import io.inferwatt.core.report.BudgetKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation shows is what the settings take. */
class BudgetDocumentTest {

    @Test
    void example_isUnderstood(@TempDir Path folder) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "budgets.md"));
        String begin = "```properties\n";
        int at = page.indexOf(begin) + begin.length();
        Path file =
                Files.writeString(folder.resolve("example.properties"), page.substring(at, page.indexOf("```", at)));

        ConfigLoader.Loaded loaded = ConfigLoader.load("config.file=" + file, Map.of(), Map.of());
        List<String> problems = new ArrayList<>(loaded.problems());
        List<Budget> budgets = Charges.read(problems, loaded.config().budgets().properties());

        assertThat(problems).isEmpty();
        assertThat(budgets).extracting(Budget::name).containsExactly("acme", "large-models", "service", "thrifty");
        assertThat(budgets)
                .extracting(Budget::kind)
                .containsExactly(BudgetKind.WATER, BudgetKind.CO2E, BudgetKind.ENERGY, BudgetKind.EFFICIENCY);
        assertThat(budgets.get(0).reject()).isTrue();
        assertThat(budgets.get(1).window().text()).isEqualTo("day Europe/Berlin");
    }

    @Test
    void units_areAllNamed() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "budgets.md"));
        for (BudgetUnit unit : BudgetUnit.values()) {
            assertThat(page).contains("`" + unit.label + "`");
        }
    }
}
