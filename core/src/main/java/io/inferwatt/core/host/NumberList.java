package io.inferwatt.core.host;

/** The kernel's way to write a set of processors: {@code 0-3,8,10-11}. */
final class NumberList {

    private NumberList() {}

    /** Returns how many numbers a list holds, 0 for one that cannot be read. */
    static int size(String list) {
        long size = 0;
        for (String range : list.strip().split(",", -1)) {
            if (range.isEmpty() || !Character.isDigit(range.charAt(0))) {
                return 0;
            }
            int dash = range.indexOf('-');
            size += dash < 0 ? 1 : TextFile.number(range.substring(dash + 1)) - TextFile.number(range) + 1;
        }
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, size));
    }
}
