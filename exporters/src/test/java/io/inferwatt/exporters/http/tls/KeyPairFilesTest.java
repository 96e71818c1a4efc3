package io.inferwatt.exporters.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.exporters.http.secrets.BadSecretException;
import io.inferwatt.exporters.http.secrets.SecretFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyPairFilesTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "rsa-certificate.pem, rsa-key.pem",
        "rsa-certificate.pem, rsa-key-pkcs1.pem",
        "ec-certificate.pem, ec-key.pem",
        "ec-certificate.pem, ec-key-sec1.pem"
    })
    void keys_ofAllForms_areRead(String certificate, String key) throws BadSecretException {
        assertThat(pair(TestIdentity.file(certificate), TestIdentity.file(key)).chain())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ec-certificate.pem  | ec-key-encrypted.pem        | http.tls.key: | holds an encrypted key
            rsa-certificate.pem | rsa-key-pkcs1-encrypted.pem | http.tls.key: | holds an encrypted key
            rsa-certificate.pem | ec-key.pem                  | http.tls.key: | is not that of the certificate in
            old-certificate.pem | ec-key.pem                  | http.tls.key: | is not the key of the certificate in
            ec-certificate.pem  | ec-certificate.pem          | http.tls.key: | holds no private key
            ec-key.pem          | ec-key.pem                  | http.tls.certificate: | holds no certificate
            ed25519-certificate.pem | ed25519-key.pem         | http.tls.certificate: | is for a key of kind EdDSA; allowed: RSA, EC
            """)
    void pairs_thatCannotBeUsed_areToldWithoutQuotingThem(String certificate, String key, String setting, String why) {
        assertThatThrownBy(() -> pair(TestIdentity.file(certificate), TestIdentity.file(key)))
                .isInstanceOf(BadSecretException.class)
                .hasMessageStartingWith(setting)
                .hasMessageContaining(why)
                .hasMessageNotContaining("BEGIN");
    }

    @Test
    void files_thatAreDamaged_areToldWithoutQuotingThem() throws Exception {
        Path damaged = folder.resolve("damaged.pem");
        Path good = TestIdentity.file("ec-certificate.pem");
        Files.writeString(
                damaged, Files.readString(good) + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertThatThrownBy(() -> pair(damaged, TestIdentity.file("ec-key.pem")))
                .hasMessageContaining("holds a certificate, number 2, that cannot be read");
        Files.writeString(damaged, "-----BEGIN PRIVATE KEY-----\nnot base64 !\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> pair(good, damaged)).hasMessageContaining("cannot be read");
        Files.writeString(damaged, "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");
        assertThatThrownBy(() -> pair(good, damaged)).hasMessageContaining("cannot be read");
        Files.write(damaged, new byte[300_000]);
        assertThatThrownBy(() -> pair(good, damaged)).hasMessageContaining("has more than 256 KiB");
        assertThatThrownBy(() -> pair(good, folder)).hasMessageContaining("is no file");
        assertThatThrownBy(() -> pair(folder.resolve("none"), damaged))
                .hasMessage("http.tls.certificate: " + folder.resolve("none") + " does not exist");
    }

    private static KeyPairFiles.KeyPair pair(Path certificate, Path key) throws BadSecretException {
        return new KeyPairFiles(
                        new SecretFile("http.tls.certificate", certificate), new SecretFile("http.tls.key", key))
                .read();
    }
}
