package io.inferwatt.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessTreeTest {

    private static final long STEP = 10_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final int SERVER = 300;

    @TempDir
    Path root;

    private ProcTree proc;
    private long now = 5 * SECOND;

    @BeforeEach
    void server() throws IOException {
        proc = new ProcTree(root).process(1, 0, "init", 7, 7).process(SERVER, 1, "ollama", 1_000, 500);
    }

    private ProcessTree follow() throws IOException {
        ProcessTree tree = ProcessTree.follow(root, SERVER);
        look(tree);
        return tree;
    }

    private void look(ProcessTree tree) {
        while (!tree.look(1, now)) {
            assertThat(now).isPositive();
        }
    }

    private long steps(ProcessTree tree) {
        return tree.usedNanos(now) / STEP;
    }

    @Test
    void process_countsFromWhenItIsFollowed() throws IOException {
        ProcessTree tree = follow();
        assertThat(tree.name()).isEqualTo("ollama");
        assertThat(steps(tree)).isZero();
        proc.process(SERVER, 1, "ollama", 1_031, 500);
        assertThat(steps(tree)).isEqualTo(31);
        assertThat(steps(tree)).isZero();
    }

    @Test
    void nameWithSpacesAndBrackets_isNoFieldOfItsOwn() throws IOException {
        proc.process(SERVER, 1, "a) S 9 (b c", 1_000, 0);
        ProcessTree tree = follow();
        proc.process(SERVER, 1, "a) S 9 (b c", 1_002, 0);
        assertThat(tree.name()).isEqualTo("a) S 9 (b c");
        assertThat(steps(tree)).isEqualTo(2);
    }

    @Test
    void childrenAndTheirs_count_whateverTheirNumbers() throws IOException {
        proc.process(120, 310, "grandchild", 400, 0).process(310, SERVER, "runner", 200, 0);
        proc.process(311, 1, "other", 0, 0);
        ProcessTree tree = follow();
        proc.process(120, 310, "grandchild", 405, 0).process(310, SERVER, "runner", 202, 0);
        proc.process(311, 1, "other", 99, 0);
        assertThat(steps(tree)).isEqualTo(7);
        assertThat(tree.size()).isEqualTo(3);
    }

    @Test
    void childStartedMeanwhile_countsFromItsStart_oneFoundAfterAPauseFromThenOn() throws IOException {
        ProcessTree tree = follow();
        proc.process(310, SERVER, "runner", 80, 0);
        now += SECOND;
        look(tree);
        assertThat(steps(tree)).isEqualTo(80);
        proc.process(320, SERVER, "runner", 9_000, 0);
        now += 3_600 * SECOND;
        look(tree);
        assertThat(steps(tree)).isZero();
        proc.process(320, SERVER, "runner", 9_004, 0);
        assertThat(steps(tree)).isEqualTo(4);
    }

    @Test
    void childThatEnds_countsOnce_withWhatItDidLast() throws IOException {
        proc.process(310, SERVER, "runner", 200, 30);
        ProcessTree tree = follow();
        proc.process(310, SERVER, "runner", 250, 30);
        assertThat(steps(tree)).isEqualTo(50);
        // Its last 9 steps are seen in its parent alone, which gets all that it ever used.
        proc.end(310);
        proc.process(SERVER, 1, "ollama", 1_001, 500 + 259 + 30);
        assertThat(steps(tree)).isEqualTo(10);
        assertThat(tree.size()).isEqualTo(1);
        proc.process(SERVER, 1, "ollama", 1_001, 500 + 259 + 30 + 6);
        assertThat(steps(tree)).as("a further one, never seen").isEqualTo(6);
    }

    @Test
    void childThatEndsBetweenTwoReadings_countsOnce() throws IOException {
        proc.process(310, SERVER, "runner", 200, 0);
        ProcessTree tree = follow();
        proc.end(310); // after its parent was read: that shows it with the next reading
        assertThat(steps(tree)).isZero();
        proc.process(SERVER, 1, "ollama", 1_000, 500 + 203);
        assertThat(steps(tree)).isEqualTo(3);
    }

    @Test
    void childThatNobodyWaitedFor_takesNothingFromLaterOnes() throws IOException {
        proc.process(310, SERVER, "runner", 200, 0);
        ProcessTree tree = follow();
        proc.end(310);
        assertThat(steps(tree)).isZero();
        assertThat(steps(tree)).isZero();
        proc.process(SERVER, 1, "ollama", 1_000, 500 + 40);
        assertThat(steps(tree)).isEqualTo(40);
    }

    @Test
    void grandchildThatEndsWithItsParent_countsOnce() throws IOException {
        proc.process(310, SERVER, "runner", 200, 0).process(311, 310, "helper", 60, 0);
        ProcessTree tree = follow();
        proc.process(311, 310, "helper", 70, 0);
        assertThat(steps(tree)).isEqualTo(10);
        proc.end(311);
        proc.end(310);
        proc.process(SERVER, 1, "ollama", 1_000, 500 + 200 + 70 + 2);
        assertThat(steps(tree)).isEqualTo(2);
    }

    @Test
    void processWhoseParentEnds_staysFollowed() throws IOException {
        proc.process(310, SERVER, "runner", 200, 0).process(311, 310, "helper", 60, 0);
        ProcessTree tree = follow();
        proc.end(310);
        proc.process(311, 1, "helper", 75, 0);
        assertThat(steps(tree)).isEqualTo(15);
        proc.end(311); // what it used goes to the first process
        assertThat(steps(tree)).isZero();
        assertThat(tree.size()).isEqualTo(1);
    }

    @Test
    void childThatLivedThroughAPauseUnseen_isNotCountedWhenItEnds() throws IOException {
        ProcessTree tree = follow();
        now += 3_600 * SECOND;
        proc.process(SERVER, 1, "ollama", 1_001, 500 + 90_000);
        assertThat(steps(tree)).isEqualTo(1);
    }

    @Test
    void numberThatIsUsedAgain_isAnotherProcess() throws IOException {
        proc.process(310, SERVER, "runner", 200, 0);
        ProcessTree tree = follow();
        proc.end(310);
        assertThat(steps(tree)).isZero();
        proc.process(310, 1, "stranger", 7_000, 0);
        now += SECOND;
        look(tree);
        assertThat(steps(tree)).isZero();
        assertThat(tree.contains(310)).isFalse();
        proc.end(310);
        now += SECOND;
        look(tree);
        proc.process(310, SERVER, "runner", 12, 0);
        now += SECOND;
        look(tree);
        assertThat(steps(tree)).isEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ended", "zombie"})
    void topProcessThatHasEnded_isTold_andCannotBeFollowed(String how) throws IOException {
        ProcessTree tree = follow();
        assertThat(tree.isAlive()).isTrue();
        if (how.equals("ended")) {
            proc.end(SERVER);
        } else {
            proc.stat(SERVER, 1, "ollama", 'Z', 1_000, 500);
        }
        assertThat(steps(tree)).isZero();
        assertThat(tree.isAlive()).isFalse();
        tree.close();
        assertThatThrownBy(() -> ProcessTree.follow(root, 4_000)).isInstanceOf(IOException.class);
    }

    @Test
    void processesBeyondTheMost_areLeftOut() throws IOException {
        for (int pid = 1_000; pid < 1_000 + ProcessTree.MOST + 5; pid++) {
            proc.process(pid, SERVER, "worker", 1, 0);
        }
        assertThat(follow().size()).isEqualTo(ProcessTree.MOST);
    }

    /** Whatever starts, works, ends and is waited for: all counts, once. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void randomTree_countsWhatItUsed(long seed) throws IOException {
        Random random = new Random(seed);
        long[] own = new long[1_000];
        long[] ended = new long[1_000];
        long[] written = new long[1_000];
        int[] parent = new int[1_000];
        List<Integer> alive = new ArrayList<>(List.of(SERVER));
        own[SERVER] = 1_000;
        ended[SERVER] = 500;
        parent[SERVER] = 1;
        int free = 400;
        long truth = 0;
        long counted = 0;
        ProcessTree tree = follow();
        for (int tick = 0; tick < 120; tick++) {
            for (int event = random.nextInt(4); event > 0; event--) {
                int pid = alive.get(random.nextInt(alive.size()));
                switch (random.nextInt(4)) {
                    case 0 -> {
                        if (free < own.length) {
                            parent[free] = pid;
                            written[free] = -1;
                            alive.add(free++);
                        }
                    }
                    case 1 -> {
                        boolean hasChildren = alive.stream().anyMatch(other -> parent[other] == pid);
                        if (pid != SERVER && !hasChildren) {
                            ended[parent[pid]] += own[pid] + ended[pid];
                            alive.remove((Integer) pid);
                            if (Files.exists(proc.folder(pid))) {
                                proc.end(pid);
                            }
                        }
                    }
                    default -> {
                        int work = random.nextInt(50);
                        own[pid] += work;
                        truth += work;
                    }
                }
            }
            for (int pid : alive) {
                if (written[pid] != own[pid] + ended[pid]) {
                    written[pid] = own[pid] + ended[pid];
                    proc.process(pid, parent[pid], "p", own[pid], ended[pid]);
                }
            }
            now += SECOND / 4;
            if (tick % 4 == 0) {
                look(tree);
            }
            counted += steps(tree);
            assertThat(counted).isLessThanOrEqualTo(truth);
        }
        for (int pid : List.copyOf(alive)) {
            if (!tree.contains(pid)) {
                now += SECOND;
                look(tree);
            }
        }
        counted += steps(tree);
        assertThat(counted).isEqualTo(truth);
    }
}
