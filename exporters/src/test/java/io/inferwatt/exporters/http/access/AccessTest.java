package io.inferwatt.exporters.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.exporters.http.HttpEndpoint;
import io.inferwatt.exporters.http.Opening;
import io.inferwatt.exporters.http.Page;
import io.inferwatt.exporters.http.access.Access.Verdict;
import io.inferwatt.exporters.http.secrets.BadSecretException;
import io.inferwatt.exporters.http.secrets.SecretFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AccessTest {

    private static final String TOKEN = "3f1c9a7be2d84450";
    private static final String PASSWORD = "Schl\u00fcssel: lang & gut";

    @TempDir
    Path folder;

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final AtomicLong nanos = new AtomicLong();

    private Path write(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, List.of(lines));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private Path users() throws IOException {
        return write(
                "users", "# who reads", "", "prometheus:" + hash("other password"), "j\u00fcrgen:" + hash(PASSWORD));
    }

    private static PasswordHash hash(String password) {
        return PasswordHash.of(password.toCharArray(), PasswordHash.FEWEST_ITERATIONS);
    }

    private Access access(Optional<Path> users, Optional<Path> tokens) throws BadSecretException {
        return Access.of(users, tokens, warnings::add, nanos::get).orElseThrow();
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private void later() {
        nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
    }

    @Test
    void users_areKnownByTheirPasswords() throws Exception {
        Access access = access(Optional.of(users()), Optional.empty());
        assertThat(access.check(basic("j\u00fcrgen", PASSWORD), "a")).isEqualTo(Verdict.ALLOWED);
        assertThat(access.check(basic("prometheus", "other password"), "a")).isEqualTo(Verdict.ALLOWED);
        assertThat(access.check(basic("prometheus", PASSWORD), "a")).isEqualTo(Verdict.UNKNOWN);
        later();
        assertThat(access.check(basic("nobody", PASSWORD), "a")).isEqualTo(Verdict.UNKNOWN);
        assertThat(access.challenges()).containsExactly("Basic realm=\"metrics\", charset=\"UTF-8\"");
    }

    @Test
    void wrongPasswords_areNotHashedAtWill_andDoNotKeepOutWhoIsKnown() throws Exception {
        Access access = access(Optional.of(users()), Optional.empty());
        String right = basic("prometheus", "other password");
        assertThat(access.check(right, "scraper")).isEqualTo(Verdict.ALLOWED);
        assertThat(access.check(basic("prometheus", "guess"), "guesser")).isEqualTo(Verdict.UNKNOWN);
        for (int i = 0; i < 10_000; i++) {
            assertThat(access.check(basic("prometheus", "guess " + i), "guesser"))
                    .isEqualTo(Verdict.LATER);
        }
        assertThat(access.check(right, "scraper")).isEqualTo(Verdict.ALLOWED);
        assertThat(access.check(basic("j\u00fcrgen", PASSWORD), "another place"))
                .isEqualTo(Verdict.ALLOWED);
    }

    /** Loopback, an ingress or a translated address make one place of everybody. */
    @Test
    void wrongPasswordsOfOthers_fromTheSamePlace_keepOutNobodyWhoIsNotKnownYet() throws Exception {
        Access access = access(Optional.of(users()), Optional.empty());
        assertThat(access.check(basic("nobody", "guess"), "ingress")).isEqualTo(Verdict.UNKNOWN);
        assertThat(access.check(basic("someone", "guess"), "ingress")).isEqualTo(Verdict.LATER);
        assertThat(access.check(basic("prometheus", "guess"), "ingress")).isEqualTo(Verdict.UNKNOWN);
        assertThat(access.check(basic("prometheus", "other guess"), "ingress")).isEqualTo(Verdict.LATER);
        assertThat(access.check(basic("j\u00fcrgen", PASSWORD), "ingress")).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void whoIsKnown_staysKnownWhenTheFileChanges_unlessTheHashDoes() throws Exception {
        String line = "prometheus:" + hash("other password");
        Path users = write("users", line);
        Access access = access(Optional.of(users), Optional.empty());
        String right = basic("prometheus", "other password");
        assertThat(access.check(right, "a")).isEqualTo(Verdict.ALLOWED);
        write("users", line, "j\u00fcrgen:" + hash(PASSWORD));
        later();
        assertThat(access.check(basic("prometheus", "guess"), "a")).isEqualTo(Verdict.UNKNOWN);
        assertThat(access.check(basic("prometheus", "guess"), "a")).isEqualTo(Verdict.LATER);
        assertThat(access.check(right, "a")).isEqualTo(Verdict.ALLOWED);
        write("users", "prometheus:" + hash("a new password"));
        later();
        assertThat(access.check(right, "a")).isEqualTo(Verdict.UNKNOWN);
        later();
        assertThat(access.check(basic("prometheus", "a new password"), "a")).isEqualTo(Verdict.ALLOWED);
        write("users", line.replace("prometheus", "other"));
        later();
        assertThat(access.check(right, "a")).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void wrongPassword_costsTheSameForEveryName_whateverTheFileAsksForEach() throws Exception {
        Path file = write(
                "users",
                "cheap:" + hash("x"),
                "dear:" + PasswordHash.of("y".toCharArray(), 2 * PasswordHash.FEWEST_ITERATIONS));
        BasicUsers users = BasicUsers.read(new SecretFile("key", file), new BasicUsers.Proven());
        assertThat(List.of("cheap", "dear", "nobody"))
                .allSatisfy(name ->
                        assertThat(users.iterationsOfWrong(name)).isEqualTo(2 * PasswordHash.FEWEST_ITERATIONS));
    }

    @Test
    void tokens_areKnown() throws Exception {
        Path tokens = write("tokens", "# the old one, until May", TOKEN, "another-token-of-enough-letters");
        Access access = access(Optional.empty(), Optional.of(tokens));
        assertThat(access.check("Bearer " + TOKEN, "a")).isEqualTo(Verdict.ALLOWED);
        assertThat(access.check("bearer  another-token-of-enough-letters", "a")).isEqualTo(Verdict.ALLOWED);
        assertThat(access.challenges()).containsExactly("Bearer realm=\"metrics\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Bearer",
                "Bearer ",
                "Bearer 3f1c9a7be2d8445",
                "Bearer 3f1c9a7be2d844500",
                "Bearer # the old one, until May",
                "Basic",
                "Basic !!!",
                "Basic cHJvbWV0aGV1cw==",
                "Basic cHJvbWV0aGV1czo=",
                "Basic 3f1c9a7be2d84450",
                "Digest 3f1c9a7be2d84450",
                "3f1c9a7be2d84450"
            })
    void everythingElse_isUnknown(String header) throws Exception {
        Access access = access(Optional.of(users()), Optional.of(write("tokens", TOKEN)));
        assertThat(access.check(header, "a")).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void filesThatChange_areTakenOver_brokenOnesAreNot() throws Exception {
        Path tokens = write("tokens", TOKEN);
        Access access = access(Optional.empty(), Optional.of(tokens));
        write("tokens", "a-second-token-of-enough-letters");
        assertThat(access.check("Bearer " + TOKEN, "a")).as("before it is time").isEqualTo(Verdict.ALLOWED);
        later();
        assertThat(access.check("Bearer " + TOKEN, "a")).isEqualTo(Verdict.UNKNOWN);
        assertThat(access.check("Bearer a-second-token-of-enough-letters", "a")).isEqualTo(Verdict.ALLOWED);
        write("tokens", "short");
        later();
        assertThat(access.check("Bearer a-second-token-of-enough-letters", "a")).isEqualTo(Verdict.ALLOWED);
        Files.setLastModifiedTime(tokens, FileTime.fromMillis(1_000_000));
        Files.delete(tokens);
        later();
        assertThat(access.check("Bearer a-second-token-of-enough-letters", "a")).isEqualTo(Verdict.ALLOWED);
        later();
        access.check("", "a");
        assertThat(warnings)
                .containsExactly(
                        "http.auth.token_file: " + tokens + " entry 1 is no token; allowed: 16 to 1024 letters, digits"
                                + " and signs without blanks, such as 'openssl rand -hex 32'"
                                + " prints; what was read before stays in force",
                        "http.auth.token_file: " + tokens + " does not exist; what was read before stays in force");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prometheus",
                "prometheus:secret",
                ":$pbkdf2-sha256$100000$AAAAAAAAAAAAAAAAAAAAAA==$AAAA",
                "a:$pbkdf2-sha256$99999$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "a:$pbkdf2-sha256$2000001$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "a:$pbkdf2-sha256$100000$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "a:$pbkdf2-sha256$100000$AAAAAAAAAAAAAAAAAAAAAA==$AAAA",
                "a:$2y$10$abcdefghijklmnopqrstuv"
            })
    void userLines_thatAreNone_areToldWithoutQuotingThem(String line) throws IOException {
        Path file = write("users", "# x", line);
        assertThatThrownBy(() -> access(Optional.of(file), Optional.empty()))
                .isInstanceOf(BadSecretException.class)
                .hasMessageStartingWith("http.auth.basic_file: " + file + " entry 1 is not understood; allowed: ")
                .hasMessageNotContaining(line);
    }

    @Test
    void filesOfNobody_orTwice_areRefused() throws IOException {
        Path empty = write("empty", "# nobody");
        assertThatThrownBy(() -> access(Optional.of(empty), Optional.empty())).hasMessageContaining("names no user");
        assertThatThrownBy(() -> access(Optional.empty(), Optional.of(empty))).hasMessageContaining("holds no token");
        Path twice = write("twice", "a:" + hash("x"), "a:" + hash("y"));
        assertThatThrownBy(() -> access(Optional.of(twice), Optional.empty()))
                .hasMessageContaining("entry 2 has a user twice");
    }

    @Test
    void fileThatEveryUserCanRead_isTold() throws Exception {
        Path tokens = write("tokens", TOKEN);
        Files.setPosixFilePermissions(tokens, PosixFilePermissions.fromString("rw-r--r--"));
        access(Optional.empty(), Optional.of(tokens));
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("can be read by every user")
                .doesNotContain(TOKEN);
    }

    @Test
    void withoutFiles_everybodyMayRead() throws BadSecretException {
        assertThat(Access.of(Optional.empty(), Optional.empty(), warnings::add)).isEmpty();
    }

    @Test
    void endpoint_asksWhoReads_exceptForItsHealth() throws Exception {
        Optional<Access> access =
                Access.of(Optional.of(users()), Optional.of(write("tokens", TOKEN)), warnings::add, nanos::get);
        try (HttpEndpoint endpoint = HttpEndpoint.start(
                new Opening(InetAddress.getByName("127.0.0.1"), 0, List.of(), Optional.empty(), access),
                Map.of(
                        "/page",
                        wish -> Page.Answer.text(200, "hello"),
                        "/-/healthy",
                        wish -> Page.Answer.text(200, "ok")),
                thread -> {},
                warnings::add)) {
            assertThat(ask(endpoint, "/page", ""))
                    .startsWith("HTTP/1.1 401")
                    .contains(
                            "\r\nWWW-Authenticate: Basic realm=\"metrics\", charset=\"UTF-8\"\r\n",
                            "\r\nWWW-Authenticate: Bearer realm=\"metrics\"\r\n")
                    .doesNotContain("hello");
            assertThat(ask(endpoint, "/nothing", "")).startsWith("HTTP/1.1 401").doesNotContain("/page");
            assertThat(ask(endpoint, "/-/healthy", "")).startsWith("HTTP/1.1 200");
            assertThat(ask(endpoint, "/-/healthy/", "")).startsWith("HTTP/1.1 401");
            assertThat(ask(endpoint, "/page", "Authorization: Bearer " + TOKEN)).endsWith("hello");
            assertThat(ask(endpoint, "/nothing", "Authorization: Bearer " + TOKEN))
                    .startsWith("HTTP/1.1 404");
            assertThat(ask(endpoint, "/page", "Authorization: " + basic("prometheus", "other password")))
                    .endsWith("hello");
            assertThat(ask(endpoint, "/page", "Authorization: " + basic("prometheus", "wrong")))
                    .startsWith("HTTP/1.1 401");
            assertThat(ask(endpoint, "/page", "Authorization: " + basic("prometheus", "wrong")))
                    .startsWith("HTTP/1.1 429")
                    .contains("\r\nRetry-After: 5\r\n");
            assertThat(ask(endpoint, "/page", "Authorization: " + basic("prometheus", "other password")))
                    .endsWith("hello");
        }
        assertThat(warnings).isEmpty();
    }

    private static String ask(HttpEndpoint endpoint, String path, String header) throws IOException {
        try (Socket client = new Socket("127.0.0.1", endpoint.address().getPort())) {
            String head = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + (header.isEmpty() ? "" : header + "\r\n")
                    + "Connection: close\r\n\r\n";
            client.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
