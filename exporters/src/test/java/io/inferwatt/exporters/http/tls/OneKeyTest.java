package io.inferwatt.exporters.http.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.exporters.http.secrets.SecretFile;
import org.junit.jupiter.api.Test;

class OneKeyTest {

    @Test
    void key_isOfferedForItsKindAlone_andNeverAsAClients() throws Exception {
        KeyPairFiles.KeyPair pair = new KeyPairFiles(
                        new SecretFile("a", TestIdentity.file("ec-certificate.pem")),
                        new SecretFile("b", TestIdentity.file("ec-key.pem")))
                .read();
        OneKey keys = new OneKey(pair);

        assertThat(keys.chooseServerAlias("RSA", null, null)).isNull();
        assertThat(keys.getServerAliases("RSA", null)).isNull();
        String alias = keys.chooseServerAlias("EC", null, null);
        assertThat(keys.getServerAliases("EC", null)).containsExactly(alias);
        assertThat(keys.getCertificateChain(alias)).containsExactlyElementsOf(pair.chain());
        assertThat(keys.getPrivateKey(alias)).isEqualTo(pair.key());
        assertThat(keys.chooseClientAlias(new String[] {"EC"}, null, null)).isNull();
        assertThat(keys.getClientAliases("EC", null)).isNull();
    }
}
