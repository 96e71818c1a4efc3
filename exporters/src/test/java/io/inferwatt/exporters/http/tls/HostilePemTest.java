package io.inferwatt.exporters.http.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.fuzz.Fuzz;
import io.inferwatt.core.fuzz.HostileTree;
import io.inferwatt.core.fuzz.Mangler;
import io.inferwatt.core.fuzz.OneLine;
import io.inferwatt.exporters.http.secrets.BadSecretException;
import java.io.IOException;
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

/** Certificates and keys that are damaged: they are used, or refused in one line that quotes nothing of them. */
@Timeout(3600)
class HostilePemTest {

    private static final List<String> CERTIFICATES = List.of("ec-certificate.pem", "rsa-certificate.pem");
    private static final List<String> KEYS =
            List.of("ec-key.pem", "ec-key-sec1.pem", "rsa-key.pem", "rsa-key-pkcs1.pem", "ec-key-encrypted.pem");

    @TempDir
    Path folder;

    @Test
    void certificatesAndKeys() throws BadSecretException {
        Path certificate = folder.resolve("certificate.pem");
        Path key = folder.resolve("key.pem");
        Fuzz.of("certificates and keys", 200).run(mangler -> {
            String ofCertificate = text(mangler.oneOf(CERTIFICATES));
            String ofKey = text(mangler.oneOf(KEYS));
            Files.write(certificate, mangler.onceIn(3) ? bytes(ofCertificate) : damaged(ofCertificate, mangler));
            Files.write(key, mangler.onceIn(3) ? bytes(ofKey) : damaged(ofKey, mangler));
            open(certificate, key, ofKey);
        });
        assertThat(TlsIdentity.of(
                        Optional.of(TestIdentity.file("ec-certificate.pem")),
                        Optional.of(TestIdentity.file("ec-key.pem")),
                        line -> {}))
                .isPresent();
    }

    private static void open(Path certificate, Path key, String secret) {
        List<String> lines = new ArrayList<>();
        try {
            Optional<TlsIdentity> identity = TlsIdentity.of(Optional.of(certificate), Optional.of(key), lines::add);
            assertThat(identity.orElseThrow().engine().getSupportedProtocols()).isNotEmpty();
        } catch (BadSecretException e) {
            lines.add(String.valueOf(e.getMessage()));
        }
        OneLine.check(lines);
        String body = secret.replace("\n", "");
        assertThat(String.join("", lines)).doesNotContain(body.substring(60, 80));
    }

    /** The text between the dashes is damaged as text, or, more often, the structure that it stands for. */
    private static byte[] damaged(String pem, Mangler mangler) {
        int begin = pem.indexOf("-----\n") + 6;
        int end = pem.indexOf("-----END");
        if (mangler.onceIn(3) || begin < 6 || end < begin) {
            return mangler.file(pem);
        }
        String base64 = pem.substring(begin, end).replace("\n", "");
        byte[] der;
        try {
            der = mangler.bytes(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException headersOfAnEncryptedKey) {
            return mangler.file(pem);
        }
        String again = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return bytes(pem.substring(0, begin) + again + "\n" + pem.substring(end));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(String name) throws IOException {
        return Files.readString(TestIdentity.file(name));
    }

    @Test
    void filesOfAnotherKind() {
        Fuzz.of("certificates and keys of another kind", 60).run(mangler -> {
            Path root = Files.createDirectories(folder.resolve("kinds"));
            Path certificate = Files.writeString(root.resolve("certificate.pem"), text("ec-certificate.pem"));
            Path key = Files.writeString(root.resolve("key.pem"), text("ec-key.pem"));
            HostileTree.damage(root, mangler);
            open(certificate, key, text("ec-key.pem"));
            HostileTree.delete(root);
        });
    }
}
