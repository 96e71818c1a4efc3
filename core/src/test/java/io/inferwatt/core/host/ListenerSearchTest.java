package io.inferwatt.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.host.Listener.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenerSearchTest {

    private static final String LOOPBACK = "7f000001";
    private static final int OLLAMA = 11434;
    private static final int SELF = 50;

    @TempDir
    Path root;

    private ProcTree proc;

    /** A first process, a shell it has started, and this JVM below that. */
    @BeforeEach
    void machine() throws IOException {
        proc = new ProcTree(root)
                .process(1, 0, "systemd", 100, 0)
                .process(40, 1, "bash", 5, 0)
                .process(SELF, 40, "java", 900, 0)
                .self(SELF);
    }

    private Listener find(String host) {
        return search(host).found;
    }

    private Found search(String host) {
        ListenerSearch search = new ListenerSearch(ServerAddress.of(host), root);
        Listener found = null;
        for (int steps = 1; ; steps++) {
            found = search.step(2);
            if (found != null) {
                return new Found(found, search, steps);
            }
            assertThat(steps).isLessThan(10_000);
        }
    }

    private record Found(Listener found, ListenerSearch search, int steps) {}

    @ParameterizedTest
    @CsvSource({
        "localhost:11434, 7f000001",
        "127.0.0.1:11434, 00000000",
        "127.0.0.1:11434, 00000000000000000000000000000000",
        "127.0.0.1:11434, 00000000000000000000ffff7f000001",
        "localhost:11434, 00000000000000000000000000000001",
        "[::1]:11434, 00000000000000000000000000000001"
    })
    void processThatHoldsTheSocket_isFound(String host, String listensOn) throws IOException {
        proc.process(200, 1, "sshd", 1, 0).holds(200, 3, 8);
        proc.process(300, 1, "ollama", 10, 0).holds(300, 3, 4711).listens(listensOn, OLLAMA, 4711, 998);
        assertThat(find(host)).isEqualTo(new Listener(State.FOUND, 300, "ollama", OLLAMA, 998));
    }

    @Test
    void twoServersOnOnePort_areToldApartByTheAddress() throws IOException {
        proc.process(300, 1, "ollama", 1, 0).holds(300, 3, 71).listens(LOOPBACK, OLLAMA, 71, 0);
        proc.process(301, 1, "vllm", 1, 0).holds(301, 3, 72).listens("c0a80005", OLLAMA, 72, 0);
        proc.process(302, 1, "llama-server", 1, 0).holds(302, 3, 73).listens("00000000", OLLAMA, 73, 0);
        assertThat(find("127.0.0.1:11434").pid()).isEqualTo(300);
        assertThat(find("192.168.0.5:11434").pid()).isEqualTo(301);
        assertThat(find("192.168.0.6:11434").pid()).isEqualTo(302);
    }

    @Test
    void addressWithoutPort_isLookedForOnThoseOfTheSchemes() throws IOException {
        proc.process(300, 1, "gateway", 1, 0).holds(300, 3, 71).listens(LOOPBACK, 443, 71, 0);
        assertThat(find("localhost").port()).isEqualTo(443);
        proc.process(301, 1, "server", 1, 0).holds(301, 3, 72).listens(LOOPBACK, 80, 72, 0);
        assertThat(find("localhost").name()).isEqualTo("server");
    }

    @Test
    void connectionsToThePort_areNoListeners() throws IOException {
        proc.process(300, 1, "client", 1, 0).holds(300, 3, 71);
        proc.socket(LOOPBACK, 9999, "03", 5, 0).socket(LOOPBACK, OLLAMA, "01", 71, 0);
        assertThat(find("localhost:11434").state()).isEqualTo(State.NOBODY);
    }

    @Test
    void oddLines_tellOfNoSocket() throws IOException {
        proc.process(300, 1, "ollama", 1, 0).holds(300, 3, 71).listens(LOOPBACK, OLLAMA, 71, 0);
        String table = Files.readString(root.resolve("net/tcp"));
        String odd = table.replaceFirst(
                "\n", "\nx\n 1: 7F:2CAA 0:0 0A 0:0 0:0 0 0 0 9 1\n 2: 0100007F:zz 0 0A 0 0 0 0 0 9\n");
        Files.writeString(root.resolve("net/tcp"), odd);
        Files.delete(root.resolve("net/tcp6")); // a kernel without IPv6
        assertThat(find("localhost:11434").pid()).isEqualTo(300);
    }

    @Test
    void workersThatShareTheSocket_leadToTheProcessThatStartedThem() throws IOException {
        proc.listens(LOOPBACK, 8000, 71, 1000);
        proc.process(290, 40, "run.sh", 1, 0);
        proc.process(300, 290, "uvicorn", 1, 0).holds(300, 3, 71);
        proc.process(299, 300, "uvicorn", 1, 0).holds(299, 3, 71);
        assertThat(find("localhost:8000").pid()).isEqualTo(300);
    }

    @Test
    void firstProcess_thatOpenedThePortForAService_isNotTheServer() throws IOException {
        proc.holds(1, 9, 71).listens(LOOPBACK, 8000, 71, 0);
        proc.process(300, 1, "llama-server", 1, 0).holds(300, 3, 71);
        assertThat(find("localhost:8000").pid()).isEqualTo(300);
    }

    @Test
    void portOfThisProcess_andOfOneThatStartedIt_areNotFollowed() throws IOException {
        proc.holds(SELF, 9, 71).listens(LOOPBACK, 8000, 71, 0);
        assertThat(find("localhost:8000")).isEqualTo(new Listener(State.THIS_PROCESS, -1, "java", 8000, 0));
        proc.holds(40, 9, 72).listens(LOOPBACK, 8001, 72, 0);
        assertThat(find("localhost:8001")).isEqualTo(new Listener(State.ANCESTOR, -1, "bash", 8001, 0));
    }

    @Test
    void socketThatNoVisibleProcessHolds_isHidden() throws IOException {
        proc.listens(LOOPBACK, 8000, 71, 998);
        Path unreadable = proc.process(300, 1, "ollama", 1, 0).folder(300).resolve("fd");
        Files.delete(unreadable);
        assertThat(find("localhost:8000")).isEqualTo(new Listener(State.HIDDEN, -1, "", 8000, 998));
    }

    @Test
    void programThatOnlyPassesOn_isNoServer() throws IOException {
        proc.process(300, 1, "docker-proxy", 1, 0).holds(300, 3, 71).listens("00000000", OLLAMA, 71, 0);
        assertThat(find("localhost:11434")).isEqualTo(new Listener(State.FORWARDER, -1, "docker-proxy", OLLAMA, 0));
    }

    @Test
    void machineWithoutListOfSockets_isTold(@TempDir Path empty) {
        assertThat(new ListenerSearch(ServerAddress.of("localhost:1"), empty).step(1))
                .isEqualTo(new Listener(State.NO_SOCKETS, -1, "", 0, -1));
    }

    @Test
    void manyOpenFiles_areLookedAtInSmallSteps_thoseOfTheUserFirst() throws IOException {
        long own = ((Number) Files.getAttribute(root, "unix:uid")).longValue();
        proc.listens(LOOPBACK, 8000, 71, own).listens(LOOPBACK, 8001, 72, own + 1);
        proc.process(300, 1, "many", 1, 0)
                .process(301, 1, "server", 1, 0)
                .holds(301, 0, 71)
                .holds(301, 1, 72);
        for (int fd = 0; fd < 100; fd++) {
            proc.holds(300, fd, 1_000 + fd);
        }
        assertThat(search("localhost:8000").steps).isGreaterThan(45);
        assertThat(find("localhost:8001").pid())
                .as("opened by a user that it is not any more")
                .isEqualTo(301);
    }

    @ParameterizedTest
    @CsvSource({"50, THIS_PROCESS", "40, ANCESTOR", "1, ANCESTOR"})
    void manyOpenFilesOfTheOwnLine_areLookedAtInSmallStepsToo(int holder, State expected) throws IOException {
        proc.listens(LOOPBACK, 8000, 71, 0).holds(holder, 500, 71);
        manyFiles(SELF);
        manyFiles(40);
        Found search = search("localhost:8000");
        assertThat(search.found.state()).isEqualTo(expected);
        // The order in which names are read is the file system's: the port may come first of its process.
        assertThat(search.steps).isGreaterThan(holder == SELF ? 0 : holder == 40 ? 50 : 100);
    }

    @Test
    void manyOpenFilesOfTheProcessThatStartedTheServer_areLookedAtInSmallSteps() throws IOException {
        proc.listens(LOOPBACK, 8000, 71, 0);
        proc.process(300, 390, "server", 1, 0).holds(300, 3, 71);
        proc.process(390, 1, "supervisor", 1, 0); // its number being higher it is looked at for this reason alone
        manyFiles(390);
        Found search = search("localhost:8000");
        assertThat(search.found.pid()).isEqualTo(300);
        assertThat(search.steps).isGreaterThan(50);
        assertThat(search.search.isStillHeld()).isTrue();
    }

    /** As when the meter ends meanwhile. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void searchThatIsGivenUpHalfWay_leavesNoFolderOpen() throws IOException {
        proc.listens(LOOPBACK, 8000, 71, 0);
        proc.process(300, 1, "many", 1, 0);
        manyFiles(300);
        Path folder = root.resolve("300").resolve("fd");
        ListenerSearch search = new ListenerSearch(ServerAddress.of("localhost:8000"), root);
        for (int steps = 0; openHere(folder) == 0; steps++) {
            assertThat(search.step(1)).isNull();
            assertThat(steps).isLessThan(10_000);
        }
        search.close();
        assertThat(openHere(folder)).isZero();
    }

    private static long openHere(Path folder) throws IOException {
        Path real = folder.toRealPath();
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(file -> {
                        try {
                            return Files.readSymbolicLink(file).equals(real);
                        } catch (IOException closed) {
                            return false;
                        }
                    })
                    .count();
        }
    }

    private void manyFiles(int pid) throws IOException {
        for (int fd = 0; fd < 100; fd++) {
            proc.holds(pid, fd, 1_000 + fd);
        }
    }

    @Test
    void processThatClosedThePort_isSeen() throws IOException {
        proc.process(300, 1, "ollama", 1, 0).holds(300, 3, 71).listens(LOOPBACK, OLLAMA, 71, 0);
        ListenerSearch search = search("localhost:11434").search;
        assertThat(search.isStillHeld()).isTrue();
        Files.delete(proc.folder(300).resolve("fd/3"));
        proc.holds(300, 3, 4);
        assertThat(search.isStillHeld()).isFalse();
        proc.end(300);
        assertThat(search.isStillHeld()).isFalse();
    }

    @Test
    @Timeout(30)
    @EnabledOnOs(OS.LINUX)
    void realSocketOfThisJvm_isThisProcess() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ListenerSearch search =
                    new ListenerSearch(ServerAddress.of("localhost:" + socket.getLocalPort()), Path.of("/proc"));
            Listener found = search.step(1);
            for (int i = 0; found == null; i++) {
                found = search.step(100);
            }
            assertThat(found.state()).isEqualTo(State.THIS_PROCESS);
            assertThat(found.port()).isEqualTo(socket.getLocalPort());
        }
    }
}
