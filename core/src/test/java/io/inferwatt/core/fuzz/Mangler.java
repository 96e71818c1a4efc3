package io.inferwatt.core.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Damages valid input, or makes up wild input, by chance. One thread. */
public final class Mangler {

    /** What parsers stumble over. */
    private static final List<String> BITS = List.of(
            "\0",
            "\n",
            "\r\n",
            "\r",
            "\t",
            " ",
            "\u001b[2J",
            "\u007f",
            "\u0085",
            "\u2028",
            "\u202e",
            "\ufeff",
            "\ud800",
            "\udc00",
            "\ud83d\ude00",
            "\u0130",
            "\uff11",
            "-",
            "+",
            "-1",
            "0",
            "00",
            "1e999",
            "-1e999",
            "NaN",
            "Infinity",
            "0x1p3",
            "1.5",
            "9223372036854775807",
            "-9223372036854775808",
            "18446744073709551616",
            "99999999999999999999999999",
            "2147483648",
            "1_000",
            "1,5",
            "=",
            "==",
            ";",
            ";;",
            ",",
            ":",
            "::",
            "@",
            "#",
            "$",
            "$$",
            "%",
            "%s",
            "%n",
            "%00",
            "%2e%2e",
            "../",
            "/",
            "//",
            "\\",
            "\\u",
            "\\u12",
            "\\n",
            "'",
            "\"",
            "\"\"",
            "`",
            "{",
            "}",
            "{}",
            "[",
            "]",
            "[]",
            "(",
            ")",
            "<",
            ">",
            "&",
            "*",
            "**",
            "?",
            "|",
            "null",
            "true",
            "false",
            "none",
            "auto",
            "${x}",
            "!",
            "~",
            "^",
            "\u00e4",
            "-----BEGIN X-----",
            "--",
            "/*",
            "<!--");

    private static final int LONG = 20_000;
    private static final int VERY_LONG = 1 << 20;
    private static final int DEEP = 5_000;

    private final Random random;

    public Mangler(long seed) {
        random = new Random(seed);
    }

    public Random random() {
        return random;
    }

    /** Returns a number from 0, below a bound. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** Returns true once in so many times. */
    public boolean onceIn(int times) {
        return random.nextInt(times) == 0;
    }

    public <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    public final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Returns a text that parsers stumble over, short. */
    public String bit() {
        return oneOf(BITS);
    }

    /** Returns a valid text with some damage; once in a while one that has nothing to do with it. */
    public String text(String valid) {
        if (onceIn(20)) {
            return wild();
        }
        String text = valid;
        for (int damages = 1 + random.nextInt(4); damages > 0; damages--) {
            text = damaged(text);
        }
        return text;
    }

    private String damaged(String text) {
        int from = random.nextInt(text.length() + 1);
        int to = from + (from == text.length() ? 0 : random.nextInt(Math.min(40, text.length() - from) + 1));
        String head = text.substring(0, from);
        String piece = text.substring(from, to);
        String tail = text.substring(to);
        return switch (random.nextInt(14)) {
            case 0 -> head; // cut off
            case 1 -> head + tail; // a piece cut out
            case 2 -> head + piece + piece.repeat(1 + random.nextInt(3)) + tail;
            case 3 -> tail + head; // spliced
            case 4, 5, 6 -> head + bit() + tail;
            case 7 -> head + bit() + piece + bit() + tail;
            case 8 -> head + (char) random.nextInt(0x10000) + tail;
            case 9 -> head + character() + tail;
            case 10 -> head + number() + tail;
            case 11 -> head + new StringBuilder(piece).reverse() + tail;
            case 12 -> onceIn(10) ? head + bit().repeat(length()) + tail : head + piece.toUpperCase(Locale.ROOT) + tail;
            default ->
                onceIn(10) ? head + oneOf("[", "{\"a\":", "(", "<a>", "../").repeat(DEEP) + tail : head + tail;
        };
    }

    private int length() {
        return random.nextInt(onceIn(20) ? VERY_LONG / 8 : LONG / 8);
    }

    private char character() {
        return (char) (' ' + random.nextInt(95));
    }

    /** Returns a number as text: mostly one that no field has room for. */
    public String number() {
        return switch (random.nextInt(6)) {
            case 0 -> Long.toString(random.nextLong());
            case 1 -> Integer.toString(random.nextInt());
            case 2 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
            case 3 -> "9".repeat(1 + random.nextInt(400));
            case 4 -> random.nextInt(1000) + "." + random.nextInt(1000);
            default -> Integer.toString(random.nextInt(10));
        };
    }

    /** Returns any text: mostly short, once in a while a megabyte long. */
    public String wild() {
        int kind = random.nextInt(200);
        if (kind == 0) {
            return bit().repeat(Math.max(1, VERY_LONG / 4));
        }
        if (kind < 4) {
            return bit().repeat(random.nextInt(LONG));
        }
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(30); left > 0; left--) {
            switch (random.nextInt(4)) {
                case 0 -> text.append(bit());
                case 1 -> text.append((char) random.nextInt(0x10000));
                case 2 -> text.append(number());
                default -> text.append(character());
            }
        }
        return text.toString();
    }

    /** Returns valid bytes with some damage; once in a while wholly random ones. */
    public byte[] bytes(byte[] valid) {
        if (onceIn(20)) {
            return anyBytes();
        }
        byte[] bytes = valid.clone();
        for (int damages = 1 + random.nextInt(4); damages > 0 && bytes.length > 0; damages--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                case 3 -> bytes = Arrays.copyOfRange(bytes, at, bytes.length);
                case 4 -> bytes = spliced(bytes, at, bit().getBytes(StandardCharsets.UTF_8));
                default -> bytes = spliced(bytes, at, new byte[] {(byte) 0xc3, (byte) 0x28, (byte) 0xff});
            }
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int at, byte[] more) {
        byte[] all = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(more, 0, all, at, more.length);
        System.arraycopy(bytes, at, all, at + more.length, bytes.length - at);
        return all;
    }

    /** Returns wholly random bytes, mostly few. */
    public byte[] anyBytes() {
        byte[] bytes = new byte[random.nextInt(onceIn(50) ? VERY_LONG : 300)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Returns a text with damage as the bytes of a file: UTF-8, once in a while no more. */
    public byte[] file(String valid) {
        byte[] bytes = text(valid).getBytes(StandardCharsets.UTF_8);
        return onceIn(4) ? bytes(bytes) : bytes;
    }
}
