package io.inferwatt.core.net;

/**
 * What a server answered.
 *
 * @param retryAfterSeconds of the header {@code Retry-After}, 0 without one
 */
public record HttpAnswer(int status, String body, long retryAfterSeconds) {

    public boolean isOk() {
        return status >= 200 && status < 300;
    }
}
