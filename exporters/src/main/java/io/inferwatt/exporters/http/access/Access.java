package io.inferwatt.exporters.http.access;

import io.inferwatt.exporters.http.secrets.BadSecretException;
import io.inferwatt.exporters.http.secrets.Reloading;
import io.inferwatt.exporters.http.secrets.SecretFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Checks the header {@code Authorization} (RFC 7617, RFC 6750) against files, which may change. Safe from all threads. */
public final class Access {

    /** What becomes of a request. */
    public enum Verdict {
        ALLOWED,
        UNKNOWN,
        /** It was not looked at: too many passwords were wrong lately. */
        LATER
    }

    private final @Nullable Reloading<BasicUsers> users;
    private final @Nullable Reloading<BearerTokens> tokens;
    private final HashPace pace;

    private Access(
            @Nullable Reloading<BasicUsers> users, @Nullable Reloading<BearerTokens> tokens, LongSupplier nanoTime) {
        this.users = users;
        this.tokens = tokens;
        pace = new HashPace(nanoTime);
    }

    /**
     * Reads the files; where both are given, either will do.
     *
     * @param warnings takes a line for each file that others can read, and for each change that cannot be used
     * @return empty if neither is given: everybody may read
     * @throws BadSecretException if a file cannot be used
     */
    public static Optional<Access> of(Optional<Path> basicFile, Optional<Path> tokenFile, Consumer<String> warnings)
            throws BadSecretException {
        return of(basicFile, tokenFile, warnings, System::nanoTime);
    }

    static Optional<Access> of(
            Optional<Path> basicFile, Optional<Path> tokenFile, Consumer<String> warnings, LongSupplier nanoTime)
            throws BadSecretException {
        if (basicFile.isEmpty() && tokenFile.isEmpty()) {
            return Optional.empty();
        }
        BasicUsers.Proven proven = new BasicUsers.Proven();
        return Optional.of(new Access(
                basicFile.isEmpty()
                        ? null
                        : reloading(
                                "http.auth.basic_file",
                                basicFile.get(),
                                file -> BasicUsers.read(file, proven),
                                warnings,
                                nanoTime),
                tokenFile.isEmpty()
                        ? null
                        : reloading("http.auth.token_file", tokenFile.get(), BearerTokens::read, warnings, nanoTime),
                nanoTime));
    }

    private static <T> Reloading<T> reloading(
            String key, Path path, Reader<T> reader, Consumer<String> warnings, LongSupplier nanoTime)
            throws BadSecretException {
        SecretFile file = new SecretFile(key, path);
        Reloading<T> reloading = new Reloading<>(List.of(file), () -> reader.read(file), warnings, nanoTime);
        file.exposure().ifPresent(warnings);
        return reloading;
    }

    /**
     * Checks one request. May take some hundred milliseconds for the first right password and for wrong ones.
     *
     * @param authorization the header, empty if not sent
     * @param client who asks: equal for requests from one place
     */
    public Verdict check(String authorization, Object client) {
        int blank = authorization.indexOf(' ');
        if (blank < 0) {
            return Verdict.UNKNOWN;
        }
        String credentials = authorization.substring(blank + 1).strip();
        return switch (authorization.substring(0, blank).toLowerCase(Locale.ROOT)) {
            case "basic" -> users == null ? Verdict.UNKNOWN : users.current().check(credentials, client, pace);
            case "bearer" -> tokens == null ? Verdict.UNKNOWN : tokens.current().check(credentials);
            default -> Verdict.UNKNOWN;
        };
    }

    /** Returns the values of {@code WWW-Authenticate}: what this endpoint would take. */
    public List<String> challenges() {
        List<String> challenges = new ArrayList<>();
        if (users != null) {
            challenges.add("Basic realm=\"metrics\", charset=\"UTF-8\"");
        }
        if (tokens != null) {
            challenges.add("Bearer realm=\"metrics\"");
        }
        return challenges;
    }

    private interface Reader<T> {

        T read(SecretFile file) throws BadSecretException;
    }
}
