package io.inferwatt.agent.command;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How {@code doctor} is to look and to speak.
 *
 * @param json whether a program reads it
 * @param look how long the meters are watched
 */
record DoctorOptions(boolean json, Duration look) {

    private static final Duration USUAL_LOOK = Duration.ofSeconds(2);
    private static final long SHORTEST_MILLIS = 500;
    private static final long LONGEST_MILLIS = 60_000;
    private static final Pattern PLAIN_NUMBER = Pattern.compile("\\d{1,2}(\\.\\d{1,6})?");
    private static final String SECONDS = "--seconds";

    static DoctorOptions of(List<String> words) throws MisunderstoodException {
        boolean json = false;
        Duration look = USUAL_LOOK;
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (word.equals("--json")) {
                json = true;
            } else if (word.equals(SECONDS)) {
                look = seconds(rest.hasNext() ? rest.next() : "");
            } else if (word.startsWith(SECONDS + "=")) {
                look = seconds(word.substring(SECONDS.length() + 1));
            } else {
                throw new MisunderstoodException(
                        "doctor: unknown option '" + word + "'; allowed: --json, " + SECONDS + " N");
            }
        }
        return new DoctorOptions(json, look);
    }

    private static Duration seconds(String text) throws MisunderstoodException {
        long millis = PLAIN_NUMBER.matcher(text).matches() ? Math.round(1000 * Double.parseDouble(text)) : 0;
        if (millis < SHORTEST_MILLIS || millis > LONGEST_MILLIS) {
            throw new MisunderstoodException(
                    "doctor: " + SECONDS + " '" + text + "' is not understood; allowed: a number from 0.5 to 60");
        }
        return Duration.ofMillis(millis);
    }
}
