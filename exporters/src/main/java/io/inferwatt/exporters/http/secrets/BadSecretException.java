package io.inferwatt.exporters.http.secrets;

/** A file of secrets cannot be used. The message says which one, why and what is allowed, and quotes nothing of it. */
public final class BadSecretException extends Exception {

    private static final long serialVersionUID = 1;

    public BadSecretException(String message) {
        super(message);
    }
}
