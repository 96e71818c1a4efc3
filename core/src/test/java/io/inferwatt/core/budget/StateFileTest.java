package io.inferwatt.core.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

    private static final List<SavedBudget> SAVED = List.of(
            new SavedBudget(
                    "team-a",
                    "energy",
                    "day Europe/Berlin",
                    10,
                    1000,
                    2000,
                    List.of(0.1 + 0.2),
                    List.of(3L),
                    Map.of(50.0, 1500L, 33.3, 1400L)),
            new SavedBudget(
                    "team-b", "co2e", "month UTC", 1e-300, -5, 1L << 50, List.of(1e300), List.of(0L), Map.of()));

    private final SetClock clock = new SetClock("2026-11-30T12:00:00", "UTC");
    private final List<String> warnings = new ArrayList<>();

    @TempDir
    Path folder;

    private StateFile open() {
        return StateFile.open(folder.resolve("shop.budgets"), false, clock, warnings::add);
    }

    @Test
    void whatIsWritten_isReadBack() {
        try (StateFile file = open()) {
            assertThat(file.read()).as("the first time").isEmpty();
            file.write(SAVED);
        }
        try (StateFile file = open()) {
            assertThat(file.read()).isEqualTo(SAVED);
            assertThat(file.failures()).isZero();
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void unchangedState_isNotWrittenAgain() throws IOException {
        try (StateFile file = open()) {
            file.write(SAVED);
            Files.delete(file.path());
            file.write(SAVED);
            assertThat(file.path()).doesNotExist();
        }
    }

    @Test
    void anyCutOrChangedByte_isNoticed() {
        String text = StateText.write(SAVED);
        for (int i = 0; i < text.length(); i++) {
            String cut = text.substring(0, i);
            assertThatThrownBy(() -> StateText.read(cut)).isInstanceOf(StateText.UnreadableException.class);
            String changed = cut + (char) (text.charAt(i) ^ 1) + text.substring(i + 1);
            assertThatThrownBy(() -> StateText.read(changed)).isInstanceOf(StateText.UnreadableException.class);
        }
    }

    @Test
    void impossibleFigures_withARightChecksum_areNoticed() {
        for (SavedBudget impossible : List.of(
                new SavedBudget("a", "energy", "day UTC", 1, 5, 5, List.of(1.0), List.of(1L), Map.of()),
                new SavedBudget("a", "energy", "day UTC", 1, 0, 5, List.of(-1.0), List.of(1L), Map.of()),
                new SavedBudget("a", "energy", "day UTC", 1, 0, 5, List.of(Double.NaN), List.of(1L), Map.of()),
                new SavedBudget("a", "energy", "day UTC", 1, 0, 5, List.of(), List.of(), Map.of()),
                new SavedBudget("a", "energy", "rolling 3600000", 1, 0, 5, List.of(1.0), List.of(1L), Map.of()))) {
            assertThatThrownBy(() -> StateText.read(StateText.write(List.of(impossible))))
                    .isInstanceOf(StateText.UnreadableException.class)
                    .hasMessageContaining("impossible figures of budget a");
        }
    }

    @Test
    void corruptFile_isSetAsideWithOneLine_andTheNextWriteBeginsAnew() throws IOException {
        Path path = Files.writeString(folder.resolve("shop.budgets"), "rubbish");
        try (StateFile file = open()) {
            assertThat(file.read()).isEmpty();
            file.write(SAVED);
            assertThat(file.read()).isEqualTo(SAVED);
            assertThat(file.failures()).isOne();
        }
        assertThat(folder.resolve("shop.budgets.corrupt-20261130T120000Z")).hasContent("rubbish");
        assertThat(warnings)
                .containsExactly("state of budgets " + path
                        + " cannot be used: it does not begin with 'inferwatt-budgets'; it is set aside as "
                        + "shop.budgets.corrupt-20261130T120000Z, and budgets begin with nothing consumed");
    }

    @Test
    void fileOfALaterVersion_isSetAside() throws IOException {
        Files.writeString(folder.resolve("shop.budgets"), "inferwatt-budgets 2\nbudget=x\n");
        try (StateFile file = open()) {
            assertThat(file.read()).isEmpty();
        }
        assertThat(warnings).singleElement().asString().contains("its version is not 1; it is set aside as ");
    }

    @Test
    void halfWrittenFile_beside_isNoHarm() throws IOException {
        try (StateFile file = open()) {
            file.write(SAVED);
        }
        Files.writeString(folder.resolve("shop.budgets.tmp"), "inferwatt-budgets 1\nbud");
        try (StateFile file = open()) {
            assertThat(file.read()).isEqualTo(SAVED);
            file.write(List.of(SAVED.get(1)));
            assertThat(file.read()).isEqualTo(List.of(SAVED.get(1)));
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void folderThatCannotBeMade_isToldOnce_andConsumptionStaysInMemory() throws IOException {
        Path noFolder = Files.writeString(folder.resolve("file"), "");
        try (StateFile file = StateFile.open(noFolder.resolve("shop.budgets"), false, clock, warnings::add)) {
            assertThat(file.isOpen()).isFalse();
            assertThat(file.read()).isEmpty();
            file.write(SAVED);
            assertThat(file.failures()).isOne();
        }
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("state of budgets " + noFolder.resolve("shop.budgets") + " cannot be written: ")
                .endsWith(
                        "; consumption is kept in memory and lost at a restart; further failures are counted, not logged");
    }

    @Test
    void writesThatFail_areCountedAndToldOnce_andLeaveTheOlderState() throws IOException {
        try (StateFile file = open()) {
            file.write(SAVED);
            Files.createDirectories(folder.resolve("shop.budgets.tmp").resolve("in-the-way"));
            file.write(List.of());
            file.write(List.of());
            assertThat(file.failures()).isEqualTo(2);
        }
        assertThat(warnings).hasSize(1);
        try (StateFile file = open()) {
            assertThat(file.read()).isEqualTo(SAVED);
        }
    }

    @Test
    void secondMeterOfThisJvm_takesTheNextFile_andTheFirstKeepsItsLock() {
        try (StateFile first = open()) {
            try (StateFile second = open();
                    StateFile third = open()) {
                assertThat(first.path().getFileName()).hasToString("shop.budgets");
                assertThat(second.path().getFileName()).hasToString("shop.budgets.2");
                assertThat(third.path().getFileName()).hasToString("shop.budgets.3");
            }
            try (StateFile again = open()) {
                assertThat(again.path().getFileName()).hasToString("shop.budgets.2");
            }
        }
        try (StateFile again = open()) {
            assertThat(again.path().getFileName()).hasToString("shop.budgets");
        }
    }

    @Test
    void numberedName_atWhichThereIsNoRegularFile_isPassedOverAndStays() throws IOException {
        Path socket = folder.resolve("shop.budgets.2");
        Path made = Files.createDirectory(folder.resolve("shop.budgets.3"));
        try (ServerSocketChannel bound = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            bound.bind(UnixDomainSocketAddress.of(socket));
            try (StateFile first = open();
                    StateFile second = open()) {
                assertThat(first.path().getFileName()).hasToString("shop.budgets");
                assertThat(second.path().getFileName()).hasToString("shop.budgets.4");
                assertThat(second.read()).isEmpty();
                second.write(SAVED);
            }
            assertThat(Files.isRegularFile(socket)).isFalse();
        }
        assertThat(socket).exists();
        assertThat(made).isDirectory();
        assertThat(warnings).isEmpty();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "modes are those of POSIX")
    void modeThatSomebodyGaveTheFile_isThatOfTheNextOnesToo() throws IOException {
        try (StateFile file = open()) {
            file.write(SAVED);
            Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r-----"));
            file.write(List.of());
            assertThat(file.read()).isEmpty();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                    .isEqualTo("rw-r-----");
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void defaultFile_hasOneNameForEachService() {
        Path tmp = Path.of("/tmp");
        assertThat(StateFolder.defaultFile(tmp, "me", "")).isEqualTo(Path.of("/tmp/inferwatt-me/default.budgets"));
        assertThat(StateFolder.defaultFile(tmp, "me", "shop-1.x"))
                .isEqualTo(Path.of("/tmp/inferwatt-me/shop-1.x.budgets"));
        List<Path> odd = Stream.of("a/b", "a\\b", "../b", "a:b", "ä".repeat(300), "ä".repeat(301))
                .map(name -> StateFolder.defaultFile(tmp, "me", name))
                .toList();
        assertThat(odd).doesNotHaveDuplicates().allSatisfy(path -> {
            assertThat(path.normalize().getParent()).isEqualTo(Path.of("/tmp/inferwatt-me"));
            assertThat(path.getFileName().toString()).hasSizeLessThan(120);
        });
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "rights of folders and links are those of POSIX")
    void defaultFolder_isTheOwnersAlone() throws IOException {
        Path file = folder.resolve("made").resolve("shop.budgets");
        try (StateFile opened = StateFile.open(file, true, clock, warnings::add)) {
            opened.write(SAVED);
            assertThat(opened.isOpen()).isTrue();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        for (Path made : List.of(file, file.resolveSibling("shop.budgets.lock"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .as("%s", made)
                    .isEqualTo("rw-------");
        }
        assertThat(warnings).isEmpty();
        try (StateFile again = StateFile.open(file, true, clock, warnings::add)) {
            assertThat(again.read()).isEqualTo(SAVED);
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "rights of folders and links are those of POSIX")
    void defaultFolder_thatIsALinkOrOpenToOthers_isRefused() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), elsewhere);
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        for (Path refused : List.of(link, open)) {
            try (StateFile file = StateFile.open(refused.resolve("shop.budgets"), true, clock, warnings::add)) {
                assertThat(file.isOpen()).isFalse();
            }
        }
        assertThat(warnings).hasSize(2);
        assertThat(warnings.get(0)).contains("it is a link or no folder");
        assertThat(warnings.get(1)).contains("others may write there");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "rights of folders and links are those of POSIX")
    void linksInPlaceOfOurFiles_areNotFollowed() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "precious");
        Files.createSymbolicLink(folder.resolve("shop.budgets.tmp"), victim);
        try (StateFile file = open()) {
            file.write(SAVED);
            assertThat(file.failures()).isOne();
            file.write(SAVED); // the link was removed after the failure
            assertThat(file.failures()).isOne();
        }
        assertThat(victim).hasContent("precious");
        Files.createSymbolicLink(folder.resolve("other.budgets.lock"), victim);
        try (StateFile file = StateFile.open(folder.resolve("other.budgets"), false, clock, warnings::add)) {
            assertThat(file.isOpen()).isFalse();
        }
    }
}
