package io.inferwatt.exporters.http;

import java.io.IOException;

/** What is found at one path. Asked by at most two threads at a time; answers within milliseconds. */
@FunctionalInterface
public interface Page {

    Answer answer(Wish wish) throws IOException;

    /**
     * What the client would like.
     *
     * @param accept the header {@code Accept}, empty if not sent
     * @param gzip whether a body may be compressed
     */
    record Wish(String accept, boolean gzip) {}

    /**
     * What it gets.
     *
     * @param body not copied; nobody changes it any more
     * @param gzip whether the body is compressed
     */
    @SuppressWarnings("ArrayRecordComponent") // a body of 100 kB is handed on, never compared
    record Answer(int status, String contentType, byte[] body, boolean gzip) {

        /** Returns an uncompressed answer of plain text. */
        public static Answer text(int status, String text) {
            return new Answer(
                    status, "text/plain; charset=utf-8", text.getBytes(java.nio.charset.StandardCharsets.UTF_8), false);
        }
    }
}
