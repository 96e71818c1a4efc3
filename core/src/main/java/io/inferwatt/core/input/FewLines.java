package io.inferwatt.core.input;

import java.util.List;

/** What is wrong with settings, told in few lines: the first ones as they are, then one that says how many more there are. One thread. */
public final class FewLines {

    /** Lines of one setting that are told as they are. */
    private static final int MOST_OF_A_SETTING = 20;

    private final int most;
    private final List<String> lines;
    private final String beforeCount;
    private final String afterCount;
    private int count;

    /**
     * Begins with nothing told.
     *
     * @param most lines that are told as they are
     * @param lines receives what is told
     * @param beforeCount the last line up to the number of those that are only counted
     * @param afterCount the rest of the last line
     */
    public FewLines(int most, List<String> lines, String beforeCount, String afterCount) {
        this.most = most;
        this.lines = lines;
        this.beforeCount = beforeCount;
        this.afterCount = afterCount;
    }

    /**
     * For the entries of one setting, each of which may be wrong.
     *
     * @param key the setting, for the last line
     * @param lines receives what is told
     */
    public static FewLines ofEntries(String key, List<String> lines) {
        return new FewLines(MOST_OF_A_SETTING, lines, key + ": ", " further entries are not allowed; they are ignored");
    }

    /** Returns whether further lines are only counted, so that their text need not be made. */
    public boolean isFull() {
        return count >= most;
    }

    /** Tells one line more, or only counts it. */
    public void add(String line) {
        if (!isFull()) {
            lines.add(line);
        }
        count++;
    }

    /** Tells how many lines were counted only, if there were any. To be called once, at the end. */
    public void end() {
        if (count > most) {
            lines.add(beforeCount + (count - most) + afterCount);
        }
    }
}
