package io.inferwatt.exporters.http;

import io.inferwatt.exporters.http.Page.Answer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An answer and what goes with it.
 *
 * @param headers further ones, {@code name: value} each
 * @param withBody false for HEAD
 * @param last whether the connection ends after it
 */
record Reply(Answer answer, List<String> headers, boolean withBody, boolean last) {

    private static final String FOR_PEOPLE = "Content-Security-Policy: default-src 'none'; script-src 'self';"
            + " style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'\r\n";

    Reply {
        headers = List.copyOf(headers);
    }

    static Reply refusal(RefusedException refused) {
        return new Reply(Answer.text(refused.status(), refused.text() + "\n"), List.of(), true, true);
    }

    Reply asLast() {
        return new Reply(answer, headers, withBody, true);
    }

    /** Returns the bytes to send: the head, then the body, which is not copied. */
    ByteBuffer[] bytes(long epochSeconds) {
        StringBuilder head = new StringBuilder(512);
        head.append("HTTP/1.1 ").append(answer.status()).append(' ').append(reason(answer.status()));
        head.append("\r\nDate: ").append(HttpDate.of(epochSeconds));
        head.append("\r\nContent-Type: ").append(answer.contentType());
        head.append("\r\nContent-Length: ").append(answer.body().length);
        head.append("\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n");
        head.append("Referrer-Policy: no-referrer\r\nCross-Origin-Resource-Policy: same-origin\r\n");
        head.append("Vary: Accept, Accept-Encoding\r\n");
        if (answer.contentType().startsWith("text/html")) {
            head.append(FOR_PEOPLE);
        }
        if (answer.gzip()) {
            head.append("Content-Encoding: gzip\r\n");
        }
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        if (last) {
            head.append("Connection: close\r\n");
        }
        byte[] bytes = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        return new ByteBuffer[] {
            ByteBuffer.wrap(bytes), ByteBuffer.wrap(answer.body(), 0, withBody ? answer.body().length : 0)
        };
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 417 -> "Expectation Failed";
            case 421 -> "Misdirected Request";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            case 505 -> "HTTP Version Not Supported";
            default -> "Answer";
        };
    }
}
