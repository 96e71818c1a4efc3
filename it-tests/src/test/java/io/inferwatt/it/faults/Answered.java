package io.inferwatt.it.faults;

import io.inferwatt.it.app.Answering.Kind;
import io.inferwatt.it.jvm.AgentRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What {@link io.inferwatt.it.app.Answering} has answered in one run.
 *
 * @param hash of all answers
 * @param counts of the calls of each {@link Kind}
 */
record Answered(long hash, List<Long> counts) {

    private static final String WORD = "answers ";

    /** Returns the runs that have ended so far. */
    static List<Answered> all(AgentRun run) {
        List<Answered> all = new ArrayList<>();
        for (String line : run.out()) {
            if (line.startsWith(WORD)) {
                List<Long> numbers = Arrays.stream(line.substring(WORD.length()).split(" ", -1))
                        .map(Long::valueOf)
                        .toList();
                all.add(new Answered(numbers.get(0), numbers.subList(1, numbers.size())));
            }
        }
        return all;
    }

    /** Returns how many calls of some kinds there were in all runs that have ended. */
    static long calls(AgentRun run, Kind... kinds) {
        return all(run).stream()
                .mapToLong(each -> Arrays.stream(kinds)
                        .mapToLong(kind -> each.counts.get(kind.ordinal()))
                        .sum())
                .sum();
    }
}
