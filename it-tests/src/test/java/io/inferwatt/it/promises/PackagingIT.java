package io.inferwatt.it.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.it.jvm.AgentRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

class PackagingIT {

    private static final long MOST_BYTES = 15_000_000;
    private static final String SERVICES = "inst/META-INF/services/";

    @Test
    void applicationsSeeThePremainClassAlone() throws IOException {
        assertThat(names())
                .filteredOn(name -> name.endsWith(".class"))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("io/inferwatt/agent/AgentPremain"));
        assertThat(names())
                .filteredOn(name -> !name.endsWith("/"))
                .allMatch(name -> name.startsWith("io/inferwatt/agent/AgentPremain")
                        || name.startsWith("inst/")
                        || name.startsWith("META-INF/"));
        assertThat(names()).noneMatch(name -> name.startsWith("META-INF/services"));
    }

    @Test
    void everyProviderOfAServiceIsInTheJar() throws IOException {
        try (JarFile jar = new JarFile(AgentRun.JAR.toFile())) {
            List<String> services = names().stream()
                    .filter(name -> name.startsWith(SERVICES) && !name.endsWith("/"))
                    .toList();
            assertThat(services)
                    .contains(
                            SERVICES + "io.inferwatt.agent.instrumentation.InstrumentationModule",
                            SERVICES + "io.inferwatt.core.energy.EnergySource",
                            SERVICES + "org.slf4j.spi.SLF4JServiceProvider");
            for (String service : services) {
                for (String provider : text(jar, service).lines().toList()) {
                    String name = provider.replaceFirst("#.*", "").strip();
                    if (!name.isEmpty()) {
                        assertThat(jar.getEntry("inst/" + name.replace('.', '/') + ".classdata"))
                                .as("%s in %s", name, service)
                                .isNotNull();
                    }
                }
            }
        }
    }

    @Test
    void noClassRefersToTheLoggersOfTheJdk() throws IOException {
        try (JarFile jar = new JarFile(AgentRun.JAR.toFile())) {
            for (String name : names()) {
                if (name.endsWith(".classdata")) {
                    assertThat(text(jar, name)).as(name).doesNotContain("java/util/logging/Logger;");
                }
            }
        }
    }

    @Test
    void legalTextsAndBillOfMaterialsAreThere() throws IOException {
        assertThat(names()).contains("META-INF/LICENSE", "META-INF/NOTICE", "META-INF/sbom/inferwatt-agent.cdx.json");
        try (JarFile jar = new JarFile(AgentRun.JAR.toFile())) {
            assertThat(text(jar, "META-INF/sbom/inferwatt-agent.cdx.json")).contains("byte-buddy", "micrometer-core");
        }
    }

    @Test
    void jarIsSmall() throws IOException {
        assertThat(Files.size(AgentRun.JAR)).isLessThan(MOST_BYTES);
    }

    private static List<String> names() throws IOException {
        try (JarFile jar = new JarFile(AgentRun.JAR.toFile())) {
            return jar.stream().map(ZipEntry::getName).toList();
        }
    }

    private static String text(JarFile jar, String name) throws IOException {
        return new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
