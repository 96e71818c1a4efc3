package io.inferwatt.exporters.push;

import io.inferwatt.core.net.HttpRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server and the file with what it wants to see before it takes anything. Lines name its host and port alone: the rest of an address
 * may be a secret.
 */
final class Target {

    private static final long LARGEST_AUTH_BYTES = 64 << 10;

    private final URI uri;
    private final Optional<Path> authFile;

    private Target(URI uri, Optional<Path> authFile) {
        this.uri = uri;
        this.authFile = authFile;
    }

    /** Returns the target of a setting; null, and a line, if its text is no address. */
    static @Nullable Target of(String setting, String url, Optional<Path> authFile, Consumer<String> warnings) {
        try {
            URI uri = new URI(url.strip());
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("http") || scheme.equals("https");
            if (web && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null) {
                return new Target(uri, authFile);
            }
        } catch (URISyntaxException noAddress) {
            // What it says would print the address, which may hold a secret.
        }
        warnings.accept(setting
                + ".url: its value, not shown here, is not allowed; allowed: a URL with http or https and a host, "
                + "without user and password, which belong in the file of " + setting
                + ".auth_file; nothing is pushed there");
        return null;
    }

    URI uri() {
        return uri;
    }

    /** Returns the address with these segments, already encoded, after its path. */
    URI under(String path) {
        String text = uri.toString();
        int query = text.indexOf('?');
        String base = query < 0 ? text : text.substring(0, query);
        String stripped = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        return URI.create(stripped + path + (query < 0 ? "" : text.substring(query)));
    }

    /** Returns host and port. */
    String host() {
        return uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    /**
     * Adds the credentials.
     *
     * @throws IOException if their file cannot be read or says nothing; the message repeats nothing of it
     */
    HttpRequest authorized(HttpRequest request) throws IOException {
        if (authFile.isEmpty()) {
            return request;
        }
        Path file = authFile.get();
        String secret;
        try {
            if (Files.size(file) > LARGEST_AUTH_BYTES) {
                throw new IOException("too large");
            }
            secret = Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new IOException("the auth_file " + file + " cannot be read");
        }
        if (secret.isEmpty() || secret.chars().anyMatch(Character::isISOControl)) {
            throw new IOException("the auth_file " + file + " holds neither user:password nor a token in one line");
        }
        return request.with("Authorization", secret.indexOf(':') < 0 ? "Bearer " + secret : basic(secret));
    }

    private static String basic(String secret) {
        return "Basic " + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
    }
}
