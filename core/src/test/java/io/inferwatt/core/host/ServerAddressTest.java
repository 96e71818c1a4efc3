package io.inferwatt.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {

    private static final String LOOPBACK = "7f000001";
    private static final String ANY = "00000000";
    private static final String LOOPBACK_6 = "0".repeat(31) + "1";
    private static final String ANY_6 = "0".repeat(32);
    private static final String LAN = "c0a80005";

    @ParameterizedTest
    @CsvSource({
        "localhost:11434, localhost, 11434",
        "127.0.0.1:8080, 127.0.0.1, 8080",
        "[::1]:8080, ::1, 8080",
        "ollama.localhost:1, localhost, 1",
        "0.0.0.0:8000, localhost, 8000",
        "[::]:8000, localhost, 8000",
        "gpu-box:65535, gpu-box, 65535"
    })
    void hostAndPort_areToldApart(String text, String name, int port) {
        assertThat(ServerAddress.of(text)).isEqualTo(new ServerAddress(name, List.of(port)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "[::1]", "::1", "localhost:"})
    void portLeftOut_isThatOfAScheme(String text) {
        assertThat(ServerAddress.of(text).ports()).containsExactly(80, 443);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:0", "localhost:65536", "localhost:x", "[::1]:-4"})
    void portThatIsNone_leavesNothingToFind(String text) {
        assertThat(ServerAddress.of(text).ports()).isEmpty();
    }

    @Test
    void addressOfIpv4_reachesItsOwnSocketFirst_thenAnyOfItsFamily_thenAnyOfBoth() {
        ServerAddress address = ServerAddress.of("127.0.0.1:1");
        assertThat(fit(address, LOOPBACK)).isGreaterThan(fit(address, ANY));
        assertThat(fit(address, ANY)).isGreaterThan(fit(address, ANY_6));
        assertThat(fit(address, ANY_6)).isPositive();
        assertThat(fit(address, LAN)).isZero();
        assertThat(fit(address, LOOPBACK_6)).isZero();
        assertThat(fit(address, "00000000000000000000ffff7f000001")).isEqualTo(fit(address, LOOPBACK));
    }

    @Test
    void addressOfIpv6_isNotReachedThroughASocketOfIpv4() {
        ServerAddress address = ServerAddress.of("[::1]:1");
        assertThat(fit(address, LOOPBACK_6)).isGreaterThan(fit(address, ANY_6));
        assertThat(fit(address, ANY_6)).isPositive();
        assertThat(fit(address, ANY)).isZero();
        assertThat(fit(address, LOOPBACK)).isZero();
    }

    @Test
    void localhost_isTheFirstLoopbackAddressThatIsListenedOn() {
        ServerAddress address = ServerAddress.of("localhost:1");
        assertThat(fit(address, LOOPBACK)).isGreaterThan(fit(address, ANY));
        assertThat(fit(address, ANY_6)).isGreaterThan(fit(address, LOOPBACK_6));
        assertThat(fit(address, LOOPBACK_6)).isPositive();
        assertThat(fit(address, LAN)).isZero();
    }

    @Test
    void nameOfThisMachine_mayBeAnyOfItsAddresses_andNoNameServiceIsAsked() {
        ServerAddress address = ServerAddress.of("gpu-box:1");
        assertThat(fit(address, LAN)).isPositive();
        assertThat(fit(address, ANY)).isGreaterThan(fit(address, LAN));
        assertThat(fit(ServerAddress.of("999.0.0.1:1"), LAN)).isPositive();
    }

    private static int fit(ServerAddress address, String socket) {
        InetAddress bytes = ServerAddress.address(HexFormat.of().parseHex(socket));
        return address.fit(bytes);
    }
}
