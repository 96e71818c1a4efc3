package io.inferwatt.core.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.core.energy.EnergyReadException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberFileTest {

    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path folder;

    private Path path;
    private NumberFile file;
    private long now;

    @BeforeEach
    void open() {
        path = folder.resolve("energy_uj");
        file = new NumberFile(path);
    }

    @AfterEach
    void close() {
        file.close();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "42, 42", "262143328850, 262143328850", "999999999999999999, 999999999999999999"})
    void read_wholeNumber_isTakenWithAndWithoutLineEnd(String text, long expected) throws Exception {
        Files.writeString(path, text);
        assertThat(file.read(0)).isEqualTo(expected);
        Files.writeString(path, text + "\n");
        assertThat(file.read(1)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "-5\n", "joules\n", "12.5\n", "12W", "9223372036854775808\n"})
    void read_noWholeNumber_saysParse(String text) throws Exception {
        Files.writeString(path, text);

        assertThatThrownBy(() -> file.read(0))
                .isInstanceOfSatisfying(
                        EnergyReadException.class, e -> assertThat(e.reason()).isEqualTo(Reason.PARSE))
                .hasMessageContaining(path.toString());
    }

    @Test
    void read_negativeNumber_saysThatNothingIsDrawn() throws Exception {
        Files.writeString(path, "-12\n");

        assertThatThrownBy(() -> file.read(0))
                .isInstanceOf(EnergyReadException.class)
                .hasMessageContaining("a negative one is no energy");
    }

    @Test
    void read_openFile_leavesNoGarbage() throws Exception {
        Files.writeString(path, "262143328850\n");
        Allocations allocations = new Allocations();
        // The first thousands are read by the interpreter, whose own garbage is none of ours.
        readOften(20_000, 0);

        long bytes = allocations.of(() -> readOften(10_000, 1));

        assertThat(bytes).as("bytes for 10,000 readings").isLessThan(10_000);
    }

    @Test
    void read_fileThatStandsStill_isOpenedOnceASecond() throws Exception {
        Files.writeString(path, "262143328850\n");
        Allocations allocations = new Allocations();
        readOften(1_000, SECOND);

        // 50 readings a second for 200 seconds.
        long bytes = allocations.of(() -> readOften(10_000, SECOND / 50));

        assertThat(bytes).as("bytes for 200 times opening").isBetween(1_000L, 200L * 4_000);
    }

    private void readOften(int times, long stepNanos) throws EnergyReadException {
        for (int i = 0; i < times; i++) {
            file.read(now);
            now += stepNanos;
        }
    }

    @Test
    void read_missingFile_saysIoAndComesBackLater() throws Exception {
        assertThatThrownBy(() -> file.read(0))
                .isInstanceOfSatisfying(
                        EnergyReadException.class, e -> assertThat(e.reason()).isEqualTo(Reason.IO))
                .hasMessageContaining(path.toString());

        Files.writeString(path, "7\n");
        assertThat(file.read(1)).isEqualTo(7);
        assertThat(file.hasReturned()).isTrue();
        assertThat(file.hasReturned()).isFalse();
    }

    @Test
    void read_folderInPlaceOfTheFile_saysIo() throws Exception {
        Files.createDirectory(path);

        assertThatThrownBy(() -> file.read(0))
                .isInstanceOfSatisfying(
                        EnergyReadException.class, e -> assertThat(e.reason()).isEqualTo(Reason.IO));
    }

    @Test
    void read_fileRewrittenInPlace_showsTheNewNumber() throws Exception {
        Files.writeString(path, "1000\n");
        file.read(0);
        Files.writeString(path, "2\n");

        assertThat(file.read(1)).isEqualTo(2);
        assertThat(file.hasReturned()).isFalse();
    }

    @Test
    void read_fileReplacedByAnother_isNoticedAfterASecondOfStandstill() throws Exception {
        write("1000");
        file.read(0);
        write("2000");
        assertThat(file.read(SECOND / 2)).isEqualTo(1000);

        assertThat(file.read(SECOND)).isEqualTo(2000);
        assertThat(file.hasReturned()).isFalse();
    }

    @Test
    void read_fileVanished_isNoticedAfterASecondOfStandstill() throws Exception {
        write("1000");
        file.read(0);
        Files.delete(path);

        assertThatThrownBy(() -> file.read(SECOND)).isInstanceOf(EnergyReadException.class);
    }

    private void write(String number) throws IOException {
        Path fresh = folder.resolve("fresh");
        Files.writeString(fresh, number + "\n");
        Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING);
    }
}
