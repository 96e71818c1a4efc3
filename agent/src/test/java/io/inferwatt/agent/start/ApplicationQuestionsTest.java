package io.inferwatt.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.weaving.SuppressedErrors;
import io.inferwatt.core.EnergyMeter;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.config.ConfigLoader;
import io.inferwatt.core.config.InferwattConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationQuestionsTest {

    private final SuppressedErrors errors = new SuppressedErrors();
    private final ApplicationQuestions questions = new ApplicationQuestions(errors);

    @Test
    void beforeAnythingIsMetered_allIsAllowed() {
        assertThat(questions.test("budget:team-a")).isTrue();
        assertThat(questions.test("model:large")).isTrue();
        assertThat(questions.test(null)).isTrue();
    }

    @Test
    void budgetThatIsUsedUp_isNot(@TempDir Path folder) throws Exception {
        String state = "inferwatt-budgets 1\nbudget=team-a\nkind=energy\nwindow=day UTC\nlimit=1.0\nstart="
                + System.currentTimeMillis() / 86_400_000 * 86_400_000 + "\nend="
                + (System.currentTimeMillis() / 86_400_000 + 1) * 86_400_000
                + "\namounts=2.0\nrequests=1\ntold=\n";
        CRC32 crc = new CRC32();
        crc.update(state.getBytes());
        Path file =
                Files.writeString(folder.resolve("state"), state + "check=" + Long.toHexString(crc.getValue()) + "\n");
        InferwattConfig config = ConfigLoader.load(
                        "budget.team-a.limit=1 J,budget.team-a.model=large*,budget.team-a.window=day,"
                                + "budget.team-a.zone=UTC,budget.state.file=" + file,
                        Map.of(),
                        Map.of())
                .config();
        try (EnergyMeter meter = EnergyMeter.start(config, new Calls())) {
            questions.askOf(meter.budgets());

            assertThat(questions.test("budget:team-a")).isFalse();
            assertThat(questions.test("budget:team-b")).isTrue();
            assertThat(questions.test("model:large-2")).isFalse();
            assertThat(questions.test("model:small")).isTrue();
            assertThat(questions.test("weather:tomorrow")).isTrue();
        }
        assertThat(errors.total()).isZero();
    }
}
