package io.inferwatt.it.models;

/**
 * Joules of a call, with idle machines, by the formula of {@code docs/remote-models.md}: H100, 128 requests at a time, times {@value
 * #WITH_IDLE} for host and idle.
 *
 * @param active billions of parameters that compute a token
 * @param total billions of parameters in all
 * @param fp8 whether the model computes in 8 bits, which is also taken of those whose precision nobody tells; else in 16
 */
record TokenJoules(double active, double total, boolean fp8) {

    static final double WITH_IDLE = 1.571;
    /** What of the joules is dynamic. */
    static final double DYNAMIC_SHARE = 1.43 / WITH_IDLE;

    /** The estimated sizes of what providers do not disclose, as the built-in table has them: the geometric means of their ranges. */
    static final TokenJoules GPT_4O = new TokenJoules(Math.sqrt(44.0 * 132), 440, true);

    static final TokenJoules GEMINI_2_5_FLASH = new TokenJoules(Math.sqrt(44.0 * 132), 440, true);
    static final TokenJoules GEMINI_2_5_FLASH_LITE = new TokenJoules(Math.sqrt(8.0 * 28), Math.sqrt(8.0 * 28), true);
    static final TokenJoules CLAUDE_3_5_HAIKU = new TokenJoules(Math.sqrt(8.0 * 28), Math.sqrt(8.0 * 28), true);

    /** Llama 3.1 and 3.3 of 70 B, whose size is published. */
    static final TokenJoules LLAMA_70B = new TokenJoules(70, 70, false);

    /** Returns the joules of one call; cached tokens are among those of the input, those of reasoning among those of the output. */
    double of(long input, long cached, long output) {
        double perToken = Math.exp(-1.790
                + 0.246 * Math.log(active)
                + 0.719 * Math.log(total)
                - 0.510 * Math.log(128)
                - (fp8 ? 0.541 : 0));
        return perToken * (output + 0.3 * (input - cached) + 0.03 * cached) * WITH_IDLE;
    }
}
