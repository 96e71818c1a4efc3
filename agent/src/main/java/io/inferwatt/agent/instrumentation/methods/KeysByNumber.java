package io.inferwatt.agent.instrumentation.methods;

/**
 * The keys of models that are named by numbers. A look-up allocates nothing and takes no lock; what is new is added to a copy. Bounded: more
 * numbers are not remembered. Safe from all threads.
 */
final class KeysByNumber {

    /** Of a number that is not remembered. */
    static final int NONE = -1;

    private static final int FIRST_SLOTS = 16;
    private static final long SPREAD = 0x9E3779B97F4A7C15L; // 2^64 by the golden ratio

    private final int most;
    private volatile Table table = new Table(new long[FIRST_SLOTS], new int[FIRST_SLOTS], 0);

    KeysByNumber(int most) {
        this.most = most;
    }

    int get(long number) {
        return table.get(number);
    }

    synchronized void put(long number, int key) {
        Table now = table;
        if (now.size < most && now.get(number) == NONE) {
            table = now.with(number, key);
        }
    }

    /** Never changed once it is published. Half of the slots at least are free, so that each look-up ends. */
    private static final class Table {

        private final long[] numbers;
        private final int[] keysAndOne; // 0 is a free slot
        private final int size;

        Table(long[] numbers, int[] keysAndOne, int size) {
            this.numbers = numbers;
            this.keysAndOne = keysAndOne;
            this.size = size;
        }

        int get(long number) {
            return keysAndOne[slot(number)] - 1;
        }

        private int slot(long number) {
            int mask = numbers.length - 1;
            int slot = (int) ((number * SPREAD) >>> 32) & mask;
            while (keysAndOne[slot] != 0 && numbers[slot] != number) {
                slot = (slot + 1) & mask;
            }
            return slot;
        }

        Table with(long number, int key) {
            int slots = size + 1 > numbers.length / 2 ? numbers.length * 2 : numbers.length;
            Table larger = new Table(new long[slots], new int[slots], size + 1);
            for (int slot = 0; slot < numbers.length; slot++) {
                if (keysAndOne[slot] != 0) {
                    larger.set(numbers[slot], keysAndOne[slot]);
                }
            }
            larger.set(number, key + 1);
            return larger;
        }

        private void set(long number, int keyAndOne) {
            int slot = slot(number);
            numbers[slot] = number;
            keysAndOne[slot] = keyAndOne;
        }
    }
}
