package io.inferwatt.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostLoggingTest {

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void work_runsWithTheClassLoaderOfTheApplication_andTheOwnOneIsBackAfterwards() throws IOException {
        try (URLClassLoader own = new URLClassLoader(new URL[0])) {
            Thread.currentThread().setContextClassLoader(own);
            ClassLoader seen = HostLogging.asHost(() -> Thread.currentThread().getContextClassLoader());
            assertThat(seen).isSameAs(ClassLoader.getSystemClassLoader());
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(own);
            assertThatThrownBy(() -> HostLogging.asHost(() -> {
                        throw new IOException("no certificate");
                    }))
                    .isInstanceOf(IOException.class);
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(own);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"java.util.logging.config.file", "java.util.logging.config.class", "java.util.logging.manager"})
    void loggingThatIsConfigured_isStartedByTls(String property) {
        String given = System.getProperty(property);
        assertThat(given).isNull();
        assertThat(HostLogging.isStartedByTls()).isFalse();
        System.setProperty(property, "x");
        try {
            assertThat(HostLogging.isStartedByTls()).isTrue();
        } finally {
            System.clearProperty(property);
        }
    }
}
