package io.inferwatt.core.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A process with all that it has started, and the processor time that they use. One thread.
 *
 * <p>The time is that of each living process plus what the kernel adds to a parent when it has waited for a child that ended.
 * Of the latter what was seen of the child while it lived is taken off again, so that nothing counts twice, and children too
 * short-lived to be seen count all the same. A child that ends without being waited for loses what it used since the last look.
 *
 * <p>Once followed, a process stays so if its parent ends. What it used before it was followed counts only if it has certainly
 * been started meanwhile.
 */
public final class ProcessTree implements AutoCloseable {

    /** Processes beyond these are not followed, since each costs some 3 µs at each reading. */
    static final int MOST = 256;

    /** After a longer time without a look at new processes nobody knows when one of them was started. */
    private static final long FRESH_NANOS = 2_500_000_000L;

    private final Path procRoot;
    private final Node root;
    private final String name;

    /** Parents before their children, which {@link #usedNanos} relies on. */
    private final List<Node> nodes = new ArrayList<>();

    private int[] seen = {};
    private boolean looked;
    private long lookedNanos;

    /** Of the look under way, null if there is none. */
    private int @Nullable [] listed;

    private int[] fresh = {};
    private int[] parents = {};
    private int next;
    private boolean countFromStart;

    private ProcessTree(Path procRoot, Node root) {
        this.procRoot = procRoot;
        this.root = root;
        this.name = root.stat.name();
        nodes.add(root);
    }

    /**
     * Follows a process from now on; its children once {@link #look} has found them.
     *
     * @throws IOException if it has ended
     */
    public static ProcessTree follow(Path procRoot, int pid) throws IOException {
        return new ProcessTree(procRoot, new Node(pid, ProcessStat.open(procRoot, pid), false));
    }

    /** Returns the id of the process at the top. */
    public int pid() {
        return root.pid;
    }

    /** Returns the ids of all processes that are followed. */
    public IntStream pids() {
        return nodes.stream().mapToInt(node -> node.pid);
    }

    /** Returns the name of the program at the top, at most 15 bytes long. */
    public String name() {
        return name;
    }

    /** Returns how many processes are followed. */
    public int size() {
        return nodes.size();
    }

    public boolean contains(int pid) {
        return node(pid) != null;
    }

    /** Returns whether the process at the top had not ended when last read. */
    public boolean isAlive() {
        return !root.gone && !root.stat.isZombie();
    }

    /**
     * Looks for processes that the followed ones have started. May take several calls: each opens at most so many files, of
     * some 20 µs.
     *
     * @return whether the look is complete, and the next call begins another one
     */
    public boolean look(int mostFiles, long nowNanos) {
        int[] all = listed;
        if (all == null) {
            // After a pause an id that was seen may belong to another process by now.
            countFromStart = looked && nowNanos - lookedNanos <= FRESH_NANOS;
            all = ProcFolders.pids(procRoot);
            listed = all;
            fresh = new int[all.length];
            int count = 0;
            for (int pid : all) {
                if (!countFromStart || Arrays.binarySearch(seen, pid) < 0) {
                    fresh[count++] = pid;
                }
            }
            fresh = Arrays.copyOf(fresh, count);
            parents = new int[count];
            next = 0;
        }
        for (int i = 0; i < mostFiles && next < fresh.length; i++, next++) {
            parents[next] = parent(fresh[next]);
        }
        if (next < fresh.length) {
            return false;
        }
        takeIn();
        seen = all;
        listed = null;
        looked = true;
        lookedNanos = nowNanos;
        return true;
    }

    private int parent(int pid) {
        try (ProcessStat stat = ProcessStat.open(procRoot, pid)) {
            return stat.parent();
        } catch (IOException gone) {
            return ProcFolders.NONE;
        }
    }

    private void takeIn() {
        boolean more = true;
        while (more) { // a grandchild may have a lower number than its parent
            more = false;
            for (int i = 0; i < fresh.length; i++) {
                if (contains(parents[i]) && !contains(fresh[i]) && nodes.size() < MOST) {
                    more |= takeIn(fresh[i]);
                }
            }
        }
    }

    private boolean takeIn(int pid) {
        try {
            ProcessStat stat = ProcessStat.open(procRoot, pid);
            if (contains(stat.parent())) {
                nodes.add(new Node(pid, stat, countFromStart));
                return true;
            }
            stat.close(); // another process with the same number, or its parent has just ended
        } catch (IOException gone) {
            // What it used comes with its parent, if that waits for it.
        }
        return false;
    }

    /** Returns the processor time that the processes have used since the previous call, the first time since they are followed. */
    public long usedNanos(long nowNanos) {
        boolean anyGone = false;
        // All readings first, parents before children: what a parent already holds of a child is seen as gone below.
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            node.read();
            anyGone |= node.gone;
        }
        if (anyGone) {
            for (Node node : nodes) {
                if (node.gone) {
                    hand(node);
                }
            }
        }
        boolean unseenCount = looked && nowNanos - lookedNanos <= FRESH_NANOS;
        long steps = 0;
        for (int i = 0; i < nodes.size(); i++) {
            steps += nodes.get(i).usedSteps(unseenCount);
        }
        if (anyGone) {
            nodes.removeIf(node -> {
                if (node.gone) {
                    node.stat.close();
                }
                return node.gone && node != root;
            });
        }
        return steps * ProcessStat.NANOS_PER_STEP;
    }

    /** Tells the nearest living ancestor what it will get from the kernel, in this reading or the next, and was counted already. */
    private void hand(Node ended) {
        Node heir = ended;
        while (heir != null && heir.gone) {
            heir = heir == root ? null : node(heir.stat.parent());
        }
        if (heir != null) {
            heir.countedNew += ended.counted + ended.countedNew + ended.seenOwn + ended.seenChildren;
        }
    }

    private @Nullable Node node(int pid) {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).pid == pid) {
                return nodes.get(i);
            }
        }
        return null;
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.stat.close());
    }

    private static final class Node {

        final int pid;
        final ProcessStat stat;
        boolean gone;

        /** Steps up to which its own time and that of its ended children are counted. */
        long seenOwn;

        long seenChildren;

        /** Steps of ended children that were counted while they lived: since this reading, and since the one before. */
        long countedNew;

        long counted;

        Node(int pid, ProcessStat stat, boolean fromStart) {
            this.pid = pid;
            this.stat = stat;
            this.seenOwn = fromStart ? 0 : stat.ownSteps();
            this.seenChildren = fromStart ? 0 : stat.childrenSteps();
        }

        void read() {
            gone = gone || !stat.read();
        }

        long usedSteps(boolean unseenCount) {
            if (gone) {
                return 0;
            }
            long own = Math.max(0, stat.ownSteps() - seenOwn);
            long children = Math.max(0, stat.childrenSteps() - seenChildren);
            seenOwn += own;
            seenChildren += children;
            long known = Math.min(children, counted + countedNew);
            // Taken over in one step by the kernel, so what does not come now or next never will.
            counted = Math.max(0, countedNew - Math.max(0, known - counted));
            countedNew = 0;
            return own + (unseenCount ? children - known : 0);
        }
    }
}
