package io.inferwatt.core.energy;

import io.inferwatt.core.input.OneLine;
import java.util.Locale;

/**
 * One thing a person should know about what can be measured here.
 *
 * @param source id of the energy source that says so
 * @param kind how good or bad it is
 * @param text what it is, in one line
 * @param remedy what to do for more, in one line; empty where there is nothing to do
 */
public record Finding(String source, Kind kind, String text, String remedy) {

    private static final int LONGEST = 1500;

    /** Names of files and what they hold are part of the texts, so these are brought on one line. */
    public Finding {
        text = OneLine.of(text, LONGEST);
        remedy = OneLine.of(remedy, LONGEST);
    }

    /** How good or bad a finding is. */
    public enum Kind {
        /** A meter that works. */
        FOUND,
        /** An assumption, or something left out of the figures. */
        NOTE,
        /** No such meter here, as on most machines. */
        ABSENT,
        /** A meter is here, or the settings point to one, and it cannot be read: a person is to hear that unasked. */
        LOST;

        /** Returns the word for JSON. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Finding found(String source, String text) {
        return new Finding(source, Kind.FOUND, text, "");
    }

    public static Finding note(String source, String text, String remedy) {
        return new Finding(source, Kind.NOTE, text, remedy);
    }

    public static Finding absent(String source, String text, String remedy) {
        return new Finding(source, Kind.ABSENT, text, remedy);
    }

    public static Finding lost(String source, String text, String remedy) {
        return new Finding(source, Kind.LOST, text, remedy);
    }

    /** Returns all of it as a line for a log. */
    public String line() {
        return source + ": " + text + (remedy.isEmpty() ? "" : "; " + remedy);
    }
}
