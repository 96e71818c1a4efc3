package io.inferwatt.exporters.http;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of one request (RFC 9112), byte by byte as they come. Takes less than the RFC allows: lines end with CR LF, headers
 * are not folded, no body follows. What could be read in two ways is refused, since a proxy in front may read it in the other.
 */
final class HeadParser {

    private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";
    private static final String NO_TARGET_SIGNS = "\"#<>\\^`{|}";

    private final Limits limits;
    private final StringBuilder line = new StringBuilder(128);
    private final Map<String, List<String>> headers = new HashMap<>();
    private int bytesTaken;
    private int headersTaken;
    private boolean afterReturn;
    private String @Nullable [] requestLine;

    HeadParser(Limits limits) {
        this.limits = limits;
    }

    /**
     * Takes bytes up to the end of the head, none beyond it.
     *
     * @return the head once its last byte is there, null before
     * @throws RefusedException if it is no head, or one of a request with a body; the parser is of no use any more
     */
    @Nullable
    RequestHead take(ByteBuffer bytes) throws RefusedException {
        while (bytes.hasRemaining()) {
            int next = bytes.get() & 0xff;
            count();
            if (afterReturn != (next == '\n')) {
                throw malformed("a line must end with CR LF");
            }
            if (next == '\n') {
                afterReturn = false;
                if (endLine()) {
                    return head();
                }
            } else if (next == '\r') {
                afterReturn = true;
            } else if ((next < ' ' && next != '\t') || next == 0x7f) {
                throw malformed("a head must not hold control characters");
            } else {
                line.append((char) next);
            }
        }
        return null;
    }

    private void count() throws RefusedException {
        bytesTaken++;
        if (requestLine == null && bytesTaken > limits.requestLineBytes()) {
            throw new RefusedException(414, "the request line is too long");
        }
        if (bytesTaken > limits.headBytes()) {
            throw new RefusedException(431, "the headers are too long");
        }
    }

    /** Returns whether this was the empty line after the headers. */
    private boolean endLine() throws RefusedException {
        String text = line.toString();
        line.setLength(0);
        if (requestLine == null) {
            requestLine = requestLine(text);
            return false;
        }
        if (text.isEmpty()) {
            return true;
        }
        header(text);
        return false;
    }

    private static String[] requestLine(String text) throws RefusedException {
        String[] parts = text.split(" ", -1);
        if (parts.length != 3 || !isToken(parts[0]) || !isTarget(parts[1])) {
            throw malformed("the request line is not METHOD PATH VERSION");
        }
        String version = parts[2];
        boolean versionLike = version.length() == 8
                && version.startsWith("HTTP/")
                && isDigit(version.charAt(5))
                && version.charAt(6) == '.'
                && isDigit(version.charAt(7));
        if (!versionLike) {
            throw malformed("the request line is not METHOD PATH VERSION");
        }
        if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) {
            throw new RefusedException(505, "only HTTP/1.1 and HTTP/1.0 are spoken here");
        }
        return parts;
    }

    private void header(String text) throws RefusedException {
        if (++headersTaken > limits.headers()) {
            throw new RefusedException(431, "there are too many headers");
        }
        int colon = text.indexOf(':');
        // A folded line begins with a blank, which is no letter of a name either.
        if (colon < 1 || !isToken(text.substring(0, colon))) {
            throw malformed("a header is not NAME: VALUE");
        }
        headers.computeIfAbsent(text.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
                .add(text.substring(colon + 1).strip());
    }

    private RequestHead head() throws RefusedException {
        String[] parts = requestLine;
        if (parts == null) {
            throw malformed("there is no request line");
        }
        RequestHead head = new RequestHead(parts[0], parts[1], parts[2].equals("HTTP/1.1"), headers);
        if (!head.all("transfer-encoding").isEmpty()) {
            throw malformed("Transfer-Encoding is not taken");
        }
        List<String> lengths = head.all("content-length");
        if (lengths.size() > 1 || !lengths.stream().allMatch(HeadParser::isLength)) {
            throw malformed("Content-Length is not one whole number");
        }
        if (!lengths.isEmpty() && !lengths.get(0).equals("0")) {
            throw new RefusedException(413, "no request body is taken");
        }
        if (!head.all("expect").isEmpty()) {
            throw new RefusedException(417, "Expect is not taken");
        }
        int hosts = head.all("host").size();
        if (hosts > 1 || (hosts == 0 && head.http11())) {
            throw malformed("exactly one Host header is needed");
        }
        if (head.all("authorization").size() > 1) {
            throw malformed("there is more than one Authorization header");
        }
        return head;
    }

    private static RefusedException malformed(String text) {
        return new RefusedException(400, text);
    }

    private static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> isDigit(c) || isLetter(c) || TOKEN_SIGNS.indexOf(c) >= 0);
    }

    private static boolean isTarget(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f && NO_TARGET_SIGNS.indexOf(c) < 0);
    }

    private static boolean isLength(String text) {
        return !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(HeadParser::isDigit);
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
