package io.inferwatt.core.config;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/** The first problems of the settings, and how many more there are: a file that is none of settings has thousands. One thread. */
final class Problems extends AbstractList<String> {

    /** A person reads no more, and as many are still a few pages of a log. */
    static final int MOST = 40;

    private final List<String> told = new ArrayList<>();
    private int untold;

    /** Returns whether further ones are only counted, so that their text need not be made. */
    boolean isFull() {
        return told.size() >= MOST;
    }

    @Override
    public boolean add(String problem) {
        if (isFull()) {
            untold++;
            return false;
        }
        return told.add(problem);
    }

    /** Returns a line for each, and one for those that are only counted. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(told);
        if (untold > 0) {
            lines.add(
                    untold + " further settings are not understood and not told here one by one; allowed: the keys that"
                            + " docs/configuration.md lists; the others are ignored, or their defaults used");
        }
        return lines;
    }

    @Override
    public String get(int index) {
        return told.get(index);
    }

    @Override
    public int size() {
        return told.size();
    }
}
