package io.inferwatt.it.live;

import java.util.ArrayList;
import java.util.List;

/**
 * Which native thread works for which model, as the application found out itself.
 *
 * @param model number of the model in the workload
 * @param slot of a calling thread on the {@link CallBoard}; -1 for a thread of the engine, all of whose work is the model's
 */
record ModelThread(int tid, int model, int slot) {

    static final int ENGINE = -1;

    boolean isCaller() {
        return slot != ENGINE;
    }

    /** Returns all of them in one line. */
    static String line(List<ModelThread> threads) {
        List<String> words = new ArrayList<>();
        for (ModelThread thread : threads) {
            words.add(thread.tid + ":" + thread.model + ":" + thread.slot);
        }
        return String.join(" ", words);
    }

    static List<ModelThread> parse(String line) {
        List<ModelThread> threads = new ArrayList<>();
        for (String word : line.split(" ", -1)) {
            String[] numbers = word.split(":", -1);
            threads.add(new ModelThread(
                    Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2])));
        }
        return threads;
    }
}
