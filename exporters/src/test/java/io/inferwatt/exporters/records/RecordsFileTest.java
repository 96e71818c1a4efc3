package io.inferwatt.exporters.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others do to the file while it is open. */
class RecordsFileTest {

    @TempDir
    Path folder;

    private void write(RecordsFile records, String line) throws IOException {
        records.append(line);
        records.flush();
    }

    @Test
    void fileThatIsDeletedWithItsFolder_isMadeAnew() throws IOException {
        Path file = folder.resolve("sub/records.jsonl");
        try (RecordsFile records = new RecordsFile(file, 1000, 2)) {
            write(records, "before");
            Files.delete(file);
            Files.delete(folder.resolve("sub/records.jsonl.lock"));
            Files.delete(file.getParent());
            write(records, "after");
        }
        assertThat(file).hasContent("after\n");
    }

    @Test
    void secondWriterOfThisProcess_getsAFileOfItsOwn_andTheFirstKeepsIts() throws Exception {
        Path file = folder.resolve("records.jsonl");
        try (RecordsFile records = new RecordsFile(file, 1000, 2)) {
            write(records, "first");
            try (RecordsFile second = new RecordsFile(file, 1000, 2)) {
                write(second, "second");
            }
            assertThat(folder.resolve("records.jsonl-2")).hasContent("second\n");
            try (RecordsJvm other = RecordsJvm.start(file)) {
                assertThat(other.writes("other JVM"))
                        .as("what the second writer has left")
                        .isEqualTo("records.jsonl-2");
                write(records, "more");
            }
        }
        assertThat(file).hasContent("first\nmore\n");
        assertThat(folder.resolve("records.jsonl-2")).hasContent("second\nother JVM\n");
    }

    /** An application that looks at its own records closes a channel on them, which ends all locks that its process has on that file. */
    @Test
    void fileThatIsReadInThisProcess_isStillKeptFromOtherJvms() throws Exception {
        Path file = folder.resolve("records.jsonl");
        try (RecordsFile records = new RecordsFile(file, 1000, 2)) {
            write(records, "first");
            assertThat(Files.readAllLines(file)).containsExactly("first");
            FileChannel.open(file, StandardOpenOption.READ).close();
            try (RecordsJvm other = RecordsJvm.start(file)) {
                assertThat(other.writes("other JVM")).isEqualTo("records.jsonl-2");
            }
            write(records, "more");
        }
        assertThat(file).hasContent("first\nmore\n");
    }

    /** Who cleans a folder up may take empty files away. */
    @Test
    void lockFileThatIsDeleted_isMadeAnew_soThatOtherJvmsStillKeepOff() throws Exception {
        Path file = folder.resolve("records.jsonl");
        try (RecordsFile records = new RecordsFile(file, 1000, 2)) {
            write(records, "first");
            Files.delete(folder.resolve("records.jsonl.lock"));
            write(records, "second");
            try (RecordsJvm other = RecordsJvm.start(file)) {
                assertThat(other.writes("other JVM")).isEqualTo("records.jsonl-2");
            }
        }
        assertThat(file).hasContent("first\nsecond\n");
    }

    @Test
    void fileThatWasLeft_isTakenOverByTheNextJvm() throws Exception {
        Path file = folder.resolve("records.jsonl");
        try (RecordsFile records = new RecordsFile(file, 1000, 2)) {
            write(records, "first");
        }
        try (RecordsJvm other = RecordsJvm.start(file)) {
            assertThat(other.writes("other JVM")).isEqualTo("records.jsonl");
            try (RecordsFile records = new RecordsFile(file, 1000, 2)) {
                write(records, "third");
            }
        }
        assertThat(file).hasContent("first\nother JVM\n");
        assertThat(folder.resolve("records.jsonl-2")).hasContent("third\n");
    }

    @Test
    void fileThatIsMovedAway_isLeftAsItIs() throws IOException {
        Path file = folder.resolve("records.jsonl");
        Path moved = folder.resolve("moved.jsonl");
        try (RecordsFile records = new RecordsFile(file, 1000, 2)) {
            write(records, "before");
            Files.move(file, moved);
            write(records, "after");
        }
        assertThat(moved).hasContent("before\n");
        assertThat(file).hasContent("after\n");
    }

    @Test
    void fileThatIsCut_goesOnWhereItEndsNow() throws IOException {
        Path file = folder.resolve("records.jsonl");
        try (RecordsFile records = new RecordsFile(file, 1000, 2)) {
            write(records, "before");
            Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
            write(records, "after");
        }
        assertThat(file).hasContent("after\n");
    }

    private static void writeFirst(RecordsFile records, String line) throws IOException {
        records.appendFirst(line, line + " whole");
        records.append("more");
        records.flush();
    }

    @Test
    void firstLine_isWholeWhereNobodyKnowsWhatIsBefore() throws IOException {
        Path file = folder.resolve("records.jsonl");
        Files.writeString(file, "of another process\n");
        try (RecordsFile records = new RecordsFile(file, 60, 2)) {
            writeFirst(records, "a");
            writeFirst(records, "b");
            assertThat(file).hasContent("of another process\na whole\nmore\nb\nmore\n");
            Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
            writeFirst(records, "c");
            writeFirst(records, "d");
            assertThat(file).hasContent("c whole\nmore\nd\nmore\n");
            Files.delete(file);
            writeFirst(records, "e");
            writeFirst(records, "f");
            writeFirst(records, "g");
            assertThat(file).hasContent("e whole\nmore\nf\nmore\ng\nmore\n");
            writeFirst(records, "a line that is long enough to begin a file");
            assertThat(file).hasContent("a line that is long enough to begin a file whole\nmore\n");
            assertThat(records.writtenLines()).isEqualTo(16);
        }
    }

    @Test
    void folderInItsPlace_isAFailureUntilItIsGone() throws IOException {
        Path file = folder.resolve("records.jsonl");
        try (RecordsFile records = new RecordsFile(file, 1000, 2)) {
            write(records, "before");
            Files.delete(file);
            Files.createDirectory(file);
            assertThatThrownBy(() -> write(records, "lost")).isInstanceOf(IOException.class);
            Files.delete(file);
            write(records, "after");
        }
        assertThat(file).hasContent("after\n");
    }
}
