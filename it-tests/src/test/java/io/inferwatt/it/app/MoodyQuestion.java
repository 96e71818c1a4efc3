package io.inferwatt.it.app;

/** A question to a server of models, which says how that is to treat it. */
public record MoodyQuestion(Mood mood, int number) {

    /** The model that is asked. */
    public static final String MODEL = "gpt-4o";

    private static final String WORD = "question ";

    /** How a server treats a question. */
    public enum Mood {
        GOOD,
        SLOW,
        STREAMED,
        TOO_MANY_429,
        ERROR_500,
        NO_JSON,
        CUT_STREAM,
        HALF_AN_ANSWER,
        RESET;

        /** Returns whether there is an answer. */
        public boolean isGood() {
            return ordinal() <= STREAMED.ordinal();
        }

        /** Returns whether the answer is to come in pieces. */
        public boolean isStreamed() {
            return this == STREAMED || this == CUT_STREAM;
        }
    }

    /** Returns the question that a number stands for, one that is answered or one that is not. */
    public static MoodyQuestion of(boolean good, int number) {
        int goodOnes = Mood.STREAMED.ordinal() + 1;
        int mood = good
                ? Math.floorMod(number, goodOnes)
                : goodOnes + Math.floorMod(number, Mood.values().length - goodOnes);
        return new MoodyQuestion(Mood.values()[mood], number);
    }

    /** Returns the question in a request. */
    public static MoodyQuestion in(String request) {
        int at = request.indexOf(WORD) + WORD.length();
        String[] words = request.substring(at, request.indexOf('"', at)).split(" ", -1);
        return new MoodyQuestion(Mood.valueOf(words[0]), Integer.parseInt(words[1]));
    }

    /** Returns what the client sends. */
    public String text() {
        return WORD + mood + " " + number;
    }

    /** Returns what the model says, if it says anything. */
    public String answer() {
        return " answer " + 31 * number;
    }
}
