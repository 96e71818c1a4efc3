package io.inferwatt.core.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.fuzz.Fuzz;
import io.inferwatt.core.fuzz.HostileTree;
import io.inferwatt.core.fuzz.Mangler;
import io.inferwatt.core.fuzz.OneLine;
import io.inferwatt.core.report.BudgetTotals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Budgets and their state file, damaged. A budget is understood or left out with a line; what is consumed is a number. */
@Timeout(3600)
class HostileBudgetsTest {

    private static final Map<String, String> WRITTEN = Map.of(
            "limit", "5 kWh",
            "window", "24h",
            "zone", "Europe/Berlin",
            "model", "gpt-*;bert",
            "operation", "chat",
            "tenant", "acme-*;globex",
            "thresholds", "50;80;100",
            "reject", "true");

    private final SetClock clock = new SetClock("2026-11-30T12:00:00", "UTC");

    @TempDir
    Path folder;

    @Test
    void propertiesOfABudget() {
        Fuzz.of("properties of a budget", 2000).run(mangler -> {
            Map<String, String> written = new TreeMap<>(WRITTEN);
            for (int damages = 1 + mangler.below(3); damages > 0; damages--) {
                String property = mangler.oneOf(new ArrayList<>(WRITTEN.keySet()));
                String value = String.valueOf(written.get(property));
                written.put(property, mangler.onceIn(3) ? mangler.wild() : mangler.text(value));
            }
            List<String> lines = new ArrayList<>();
            List<Budget> read = Charges.read(lines, Map.of("team-a", written));
            assertThat(read.isEmpty() && lines.isEmpty())
                    .as("left out without a word")
                    .isFalse();
            charge(read, null, lines);
            OneLine.check(lines);
        });
    }

    private BudgetLedger charge(List<Budget> budgets, StateFile file, List<String> lines) {
        BudgetLedger ledger = new BudgetLedger(
                budgets,
                Charges.TENANTS,
                clock,
                System::nanoTime,
                "shop",
                file,
                null,
                lines::add,
                lines::add,
                Runnable::run);
        ledger.settled(Charges.joules("bert", 1e9));
        for (BudgetTotals totals : ledger.totals()) {
            assertThat(totals.consumed())
                    .matches(value -> value >= 0 || Double.isNaN(value))
                    .isNotInfinite();
            assertThat(totals.limit()).isPositive().isFinite();
            assertThat(totals.windowSeconds()).isPositive();
        }
        lines.addAll(ledger.findings());
        return ledger;
    }

    @Test
    void stateFile() {
        Path path = folder.resolve("shop.budgets");
        List<Budget> budgets = Charges.read(
                new ArrayList<>(),
                Map.of(
                        "day",
                        Map.of("limit", "5 kWh", "window", "day"),
                        "rolling",
                        Map.of("limit", "2 J/request", "window", "24h")));
        String valid = valid(path, budgets);
        Fuzz.of("state file of budgets", 300).run(mangler -> {
            Files.write(path, state(valid, mangler));
            List<String> lines = new ArrayList<>();
            try (StateFile file = StateFile.open(path, false, clock, lines::add)) {
                BudgetLedger ledger = charge(budgets, file, lines);
                ledger.writeState();
                assertThat(StateText.read(Files.readString(path))).isNotEmpty();
            }
            OneLine.check(lines);
            clean();
        });
    }

    private String valid(Path path, List<Budget> budgets) {
        try (StateFile file = StateFile.open(path, false, clock, line -> {})) {
            charge(budgets, file, new ArrayList<>()).writeState();
            return Files.readString(path);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Mostly with a checksum that is right, since that is the first thing to be looked at. */
    private static byte[] state(String valid, Mangler mangler) {
        String body = valid.substring(0, valid.lastIndexOf("check="));
        if (mangler.onceIn(5)) {
            return mangler.file(valid);
        }
        String[] lines = body.split("\n", -1);
        for (int damages = 1 + mangler.below(3); damages > 0; damages--) {
            int at = mangler.below(lines.length);
            int equals = lines[at].indexOf('=');
            lines[at] = equals < 0 || mangler.onceIn(6)
                    ? mangler.text(lines[at])
                    : lines[at].substring(0, equals + 1)
                            + (mangler.onceIn(2) ? mangler.number() : mangler.text(lines[at].substring(equals + 1)));
        }
        String damaged = String.join("\n", lines);
        CRC32 crc = new CRC32();
        crc.update(damaged.getBytes(StandardCharsets.UTF_8));
        return (damaged + "check=" + Long.toHexString(crc.getValue()) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private void clean() throws IOException {
        try (var all = Files.list(folder)) {
            for (Path each : all.toList()) {
                HostileTree.delete(each);
            }
        }
    }

    @Test
    void stateFile_thatIsAnotherKindOfFile() {
        Fuzz.of("state file of another kind", 60).run(mangler -> {
            Path root = Files.createDirectories(folder.resolve("kinds"));
            Path path = Files.writeString(root.resolve("shop.budgets"), "inferwatt-budgets 1\n");
            HostileTree.damage(root, mangler);
            List<String> lines = new ArrayList<>();
            try (StateFile file = StateFile.open(path, false, clock, lines::add)) {
                charge(Charges.read(lines, Map.of("day", Map.of("limit", "5 kWh"))), file, lines)
                        .writeState();
            }
            OneLine.check(lines);
            clean();
        });
    }

    @Test
    void folderInPlaceOfTheStateFile_staysWhereItIs() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("orders.db"), "of the application");
        List<String> lines = new ArrayList<>();

        try (StateFile file = StateFile.open(data, false, clock, lines::add)) {
            charge(Charges.read(lines, Map.of("day", Map.of("limit", "5 kWh"))), file, lines)
                    .writeState();
            assertThat(file.isOpen()).isFalse();
        }

        assertThat(data.resolve("orders.db")).hasContent("of the application");
        assertThat(lines).anyMatch(line -> line.contains("is no regular file; allowed: "));
        try (var all = Files.list(folder)) {
            assertThat(all).containsExactly(data);
        }
    }
}
