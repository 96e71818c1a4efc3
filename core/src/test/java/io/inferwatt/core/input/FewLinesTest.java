package io.inferwatt.core.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FewLinesTest {

    private final List<String> lines = new ArrayList<>();
    private final FewLines few = FewLines.ofEntries("remote.hosts", lines);

    @Test
    void asManyAsAreAllowed_areToldAsTheyAre() {
        tell(20);

        assertThat(lines).hasSize(20).first().isEqualTo("line 0");
    }

    @Test
    void furtherOnes_areCounted() {
        tell(23);

        assertThat(lines)
                .hasSize(21)
                .endsWith("line 19", "remote.hosts: 3 further entries are not allowed; they are ignored");
    }

    @Test
    void fullOnes_sayThatFurtherTextIsNotNeeded() {
        FewLines two = new FewLines(2, lines, "", " more");
        two.add("first");
        assertThat(two.isFull()).isFalse();
        two.add("second");
        assertThat(two.isFull()).isTrue();
        two.add("third");
        two.end();

        assertThat(lines).containsExactly("first", "second", "1 more");
    }

    private void tell(int count) {
        for (int i = 0; i < count; i++) {
            few.add("line " + i);
        }
        few.end();
    }
}
