package io.inferwatt.core.input;

import java.util.List;

/** What is wrong with one setting, told in few lines: the first ones as they are, then one that says how many more there are. One thread. */
public final class FewLines {

    /** Lines that are told as they are. */
    public static final int MOST = 20;

    private final String key;
    private final List<String> lines;
    private int count;

    /**
     * Begins with nothing told.
     *
     * @param key the setting, for the last line
     * @param lines receives what is told
     */
    public FewLines(String key, List<String> lines) {
        this.key = key;
        this.lines = lines;
    }

    /** Tells one line more, or only counts it. */
    public void add(String line) {
        count++;
        if (count <= MOST) {
            lines.add(line);
        }
    }

    /** Tells how many lines were counted only, if there were any. To be called once, at the end. */
    public void end() {
        if (count > MOST) {
            lines.add(key + ": " + (count - MOST) + " further entries are not allowed; they are ignored");
        }
    }
}
