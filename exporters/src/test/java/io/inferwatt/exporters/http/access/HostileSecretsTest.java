package io.inferwatt.exporters.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.fuzz.Fuzz;
import io.inferwatt.core.fuzz.Mangler;
import io.inferwatt.core.fuzz.OneLine;
import io.inferwatt.exporters.http.access.Access.Verdict;
import io.inferwatt.exporters.http.secrets.BadSecretException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files of users and tokens, and what clients say they are, damaged. Nobody gets in who is not in the file. */
@Timeout(3600)
class HostileSecretsTest {

    private static final String TOKEN = "3f1c9a7be2d84450";
    private static final String PASSWORD = "Schl\u00fcssel";

    @TempDir
    Path folder;

    @Test
    void usersAndTokens() {
        String users = "# who reads\nprometheus:"
                + PasswordHash.of(PASSWORD.toCharArray(), PasswordHash.FEWEST_ITERATIONS) + "\nj\u00fcrgen:"
                + PasswordHash.of("other".toCharArray(), PasswordHash.FEWEST_ITERATIONS) + "\n";
        String tokens = "# old and new\n" + TOKEN + "\nabcdefabcdefabcdef\n";
        Path userFile = folder.resolve("users");
        Path tokenFile = folder.resolve("tokens");
        Fuzz.of("files of users and tokens", 500).run(mangler -> {
            Files.write(userFile, mangler.onceIn(3) ? users.getBytes(StandardCharsets.UTF_8) : mangler.file(users));
            Files.write(tokenFile, mangler.onceIn(3) ? tokens.getBytes(StandardCharsets.UTF_8) : mangler.file(tokens));
            List<String> lines = new ArrayList<>();
            try {
                Access access = Access.of(Optional.of(userFile), Optional.of(tokenFile), lines::add)
                        .orElseThrow();
                assertThat(access.challenges()).hasSize(2);
                assertThat(access.check("Bearer not-in-the-file-at-all", "client"))
                        .isEqualTo(Verdict.UNKNOWN);
            } catch (BadSecretException e) {
                lines.add(String.valueOf(e.getMessage()));
            }
            OneLine.check(lines);
            assertThat(String.join("", lines)).doesNotContain(TOKEN).doesNotContain(users.substring(60, 90));
        });
    }

    @Test
    void authorizationsOfClients() throws Exception {
        Path users = Files.writeString(
                folder.resolve("users"),
                "prometheus:" + PasswordHash.of(PASSWORD.toCharArray(), PasswordHash.FEWEST_ITERATIONS) + "\n");
        Path tokens = Files.writeString(folder.resolve("tokens"), TOKEN + "\n");
        Access access =
                Access.of(Optional.of(users), Optional.of(tokens), line -> {}).orElseThrow();
        String basic = "Basic "
                + Base64.getEncoder().encodeToString(("prometheus:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        Fuzz.of("authorizations of clients", 1500).run(mangler -> {
            String valid = mangler.onceIn(8) ? basic : "Bearer " + TOKEN;
            String sent = sent(valid, mangler);
            Verdict verdict = access.check(sent, "client " + mangler.below(3));
            assertThat(verdict == Verdict.ALLOWED && !isTheSame(sent, valid))
                    .as(sent)
                    .isFalse();
        });
        assertThat(access.check("Bearer " + TOKEN, "scraper")).isEqualTo(Verdict.ALLOWED);
    }

    /** Damage may change nothing, or only what says the same: the case of the scheme, blanks, the padding of the base64. */
    private static boolean isTheSame(String sent, String valid) {
        int blank = sent.indexOf(' ');
        String scheme = sent.substring(0, Math.max(0, blank));
        String rest = sent.substring(blank + 1).strip();
        String right = valid.substring(valid.indexOf(' ') + 1);
        return valid.regionMatches(true, 0, scheme, 0, scheme.length())
                && (rest.equals(right) || rest.equals(right.replace("=", "")));
    }

    private static String sent(String valid, Mangler mangler) {
        String damaged = mangler.text(valid);
        return damaged.length() > 16_000 ? damaged.substring(0, 16_000) : damaged; // as long as a head may be
    }
}
