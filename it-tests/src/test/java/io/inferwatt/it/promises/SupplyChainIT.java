package io.inferwatt.it.promises;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferwatt.it.jvm.AgentRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What the released jar is made of: its bill of materials, its classes and the legal texts say the same. */
class SupplyChainIT {

    private static final String BILL = "META-INF/sbom/inferwatt-agent.cdx.json";
    private static final String INST = "inst/";
    private static final String VERSIONS = "META-INF/versions/";

    /** Whose classes lie below a folder. Where two components share a root, the longer one counts. */
    private static final Map<String, String> COMPONENTS = Map.ofEntries(
            Map.entry("com/google/gson/", "gson"),
            Map.entry("com/google/protobuf/", "protobuf-java"),
            Map.entry("com/sun/jna/", "jna"),
            Map.entry("io/inferwatt/agent/", "inferwatt-agent"),
            Map.entry("io/inferwatt/core/", "inferwatt-core"),
            Map.entry("io/inferwatt/exporters/", "inferwatt-exporters"),
            Map.entry("io/micrometer/common/", "micrometer-commons"),
            Map.entry("io/micrometer/core/", "micrometer-core"),
            Map.entry("io/micrometer/observation/", "micrometer-observation"),
            Map.entry("io/micrometer/prometheusmetrics/", "micrometer-registry-prometheus"),
            Map.entry("io/micrometer/registry/otlp/", "micrometer-registry-otlp"),
            Map.entry("io/opentelemetry/proto/", "opentelemetry-proto"),
            Map.entry("io/prometheus/metrics/config/", "prometheus-metrics-config"),
            Map.entry("io/prometheus/metrics/core/", "prometheus-metrics-core"),
            Map.entry("io/prometheus/metrics/expositionformats/", "prometheus-metrics-exposition-textformats"),
            Map.entry("io/prometheus/metrics/model/", "prometheus-metrics-model"),
            Map.entry("io/prometheus/metrics/tracer/common/", "prometheus-metrics-tracer-common"),
            Map.entry("net/bytebuddy/", "byte-buddy"),
            Map.entry("net/bytebuddy/jar/asm/", "asm"),
            Map.entry("net/bytebuddy/jar/asm/commons/", "asm-commons"),
            Map.entry("net/bytebuddy/jar/asmjdkbridge/", "asm-jdk-bridge"),
            Map.entry("org/slf4j/", "slf4j-api"),
            Map.entry("oshi/", "oshi-common"));

    /** Annotations that are read by compilers, so that no class is needed at run time, and what is native code only. */
    private static final Set<String> WITHOUT_CLASSES = Set.of("jspecify", "libffi");

    /** Which text of the jar holds the terms of a licence that asks for its text to go along. */
    private static final Map<String, String> TEXTS = Map.of(
            "protobuf-java", "META-INF/LICENSE-PROTOBUF",
            "oshi-common", "META-INF/LICENSE-OSHI",
            "slf4j-api", "META-INF/LICENSE-SLF4J",
            "asm", "META-INF/LICENSE-ASM",
            "asm-commons", "META-INF/LICENSE-ASM",
            "libffi", "META-INF/LICENSE-LIBFFI");

    /** Whose code lies inside that of others, and inside whose. */
    private static final Map<String, String> INSIDE =
            Map.of("asm", "byte-buddy", "asm-commons", "byte-buddy", "asm-jdk-bridge", "byte-buddy", "libffi", "jna");

    /** Which libffi is in which JNA. Nothing in JNA's jar says it, so that another JNA has to be looked up: see the root pom. */
    private static final Map<String, String> LIBFFI_OF_JNA = Map.of("5.19.1", "3.4.4");

    /** Of the components, those that lie inside others too. */
    private static final Map<String, JsonNode> BILLED = new LinkedHashMap<>();

    private static final Map<String, String> OUTER = new TreeMap<>();
    private static final Map<String, String> TEXT_OF_ENTRIES = new TreeMap<>();
    private static final List<String> NAMES = new ArrayList<>();

    @BeforeAll
    static void readJar() throws IOException {
        try (JarFile jar = new JarFile(AgentRun.JAR.toFile())) {
            jar.stream().map(ZipEntry::getName).forEach(NAMES::add);
            for (String name : NAMES) {
                if (name.startsWith("META-INF/") && !name.endsWith("/")) {
                    try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
                        TEXT_OF_ENTRIES.put(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
                    }
                }
            }
        }
        JsonNode bill = new ObjectMapper().readTree(TEXT_OF_ENTRIES.get(BILL));
        JsonNode agent = bill.path("metadata").path("component");
        BILLED.put(agent.path("name").asText(), agent);
        readComponents(bill);
    }

    private static void readComponents(JsonNode outer) {
        for (JsonNode component : outer.path("components")) {
            String name = component.path("name").asText();
            assertThat(BILLED.put(name, component)).as("billed twice: %s", name).isNull();
            if (outer.has("name")) {
                OUTER.put(name, outer.path("name").asText());
            }
            readComponents(component);
        }
    }

    private static String componentOf(String classFile) {
        String owner = "";
        String longest = "";
        for (Map.Entry<String, String> root : COMPONENTS.entrySet()) {
            if (classFile.startsWith(root.getKey()) && root.getKey().length() > longest.length()) {
                longest = root.getKey();
                owner = root.getValue();
            }
        }
        return owner;
    }

    /** Returns the names of classes below {@code inst/}, those for newer JDKs by where they belong. */
    private static List<String> classes() {
        List<String> classes = new ArrayList<>();
        for (String name : NAMES) {
            if (name.startsWith(INST) && name.endsWith(".classdata")) {
                String inside = name.substring(INST.length());
                classes.add(
                        inside.startsWith(VERSIONS)
                                ? inside.substring(inside.indexOf('/', VERSIONS.length()) + 1)
                                : inside);
            }
        }
        return classes;
    }

    @Test
    void everyClass_isOfAComponentOfTheBill_andEveryComponentHasClasses() {
        Set<String> withClasses = new HashSet<>();
        for (String name : classes()) {
            String component = componentOf(name);
            assertThat(BILLED).as("component of %s", name).containsKey(component);
            withClasses.add(component);
        }
        withClasses.addAll(WITHOUT_CLASSES);

        assertThat(BILLED.keySet()).containsExactlyInAnyOrderElementsOf(withClasses);
    }

    @Test
    void nativeLibraries_areThoseOfJnaAlone_eachWithLibffi() {
        List<String> natives = NAMES.stream()
                .filter(name -> name.endsWith(".so") || name.endsWith(".dll") || name.endsWith("lib"))
                .toList();
        assertThat(natives).isNotEmpty().allMatch(name -> name.startsWith(INST + "com/sun/jna/"));
        assertThat(locations("libffi")).containsExactlyInAnyOrderElementsOf(natives);
        assertThat(NAMES).noneMatch(name -> name.endsWith(".jar") || name.endsWith(".exe"));
    }

    @Test
    void whatLiesInsideOthers_isBilledThere_andSaysWhere() {
        assertThat(OUTER).containsExactlyInAnyOrderEntriesOf(INSIDE);
        for (String inner : INSIDE.keySet()) {
            assertThat(locations(inner))
                    .as("locations of %s", inner)
                    .isNotEmpty()
                    .allSatisfy(location ->
                            assertThat(NAMES).anyMatch(name -> name.startsWith(location) && !name.endsWith("/")));
            assertThat(billed(inner).path("purl").asText()).startsWith("pkg:").endsWith(suffix(inner));
        }
    }

    private static String suffix(String inner) {
        String version = version(inner);
        return inner.equals("libffi") ? "@v" + version : "/" + inner + "@" + version + "?type=jar";
    }

    private static List<String> locations(String component) {
        List<String> locations = new ArrayList<>();
        billed(component)
                .path("evidence")
                .path("occurrences")
                .forEach(occurrence -> locations.add(occurrence.path("location").asText()));
        return locations;
    }

    @Test
    void versionsInsideOthers_areThoseThatTheOthersWereBuiltWith() throws Exception {
        Document byteBuddy = parse(Path.of(System.getProperty("inferwatt.supplychain"), "byte-buddy-parent.pom"));
        assertThat(child(byteBuddy.getDocumentElement(), "version")).isEqualTo(version("byte-buddy"));
        assertThat(version("asm")).isEqualTo(version("asm-commons")).isEqualTo(property(byteBuddy, "version.asm"));
        assertThat(version("asm-jdk-bridge")).isEqualTo(property(byteBuddy, "version.asmjdkbridge"));
        assertThat(LIBFFI_OF_JNA).containsEntry(version("jna"), version("libffi"));
    }

    private static String version(String component) {
        return billed(component).path("version").asText();
    }

    private static JsonNode billed(String component) {
        assertThat(BILLED.keySet()).contains(component);
        return BILLED.get(component);
    }

    private static String property(Document pom, String name) {
        return pom.getElementsByTagName(name).item(0).getTextContent().strip();
    }

    @Test
    void everyComponent_hasALicenceAndItsTextIsInTheJar() {
        String notice = TEXT_OF_ENTRIES.get("META-INF/NOTICE");
        assertThat(TEXT_OF_ENTRIES.get("META-INF/LICENSE")).contains("Apache License", "Version 2.0");
        for (Map.Entry<String, JsonNode> billed : BILLED.entrySet()) {
            JsonNode licences = billed.getValue().path("licenses");
            assertThat(licences).as("licences of %s", billed.getKey()).isNotEmpty();
            List<String> ids = new ArrayList<>();
            licences.forEach(
                    licence -> ids.add(licence.path("license").path("id").asText()));
            if (!ids.contains("Apache-2.0")) {
                assertThat(TEXTS).as("%s under %s", billed.getKey(), ids).containsKey(billed.getKey());
            }
        }
        TEXTS.forEach((component, text) -> {
            assertThat(TEXT_OF_ENTRIES).containsKey(text);
            assertThat(TEXT_OF_ENTRIES.get(text)).as(text).contains("Copyright");
            assertThat(notice).as("NOTICE of %s", component).contains(text);
        });
    }

    @Test
    void versions_areThoseOfThePom_fixedAndReleased() throws Exception {
        Map<String, String> versions = versionsOfThePom();
        assertThat(versions).hasSizeGreaterThan(8);
        int compared = 0;
        for (Map.Entry<String, JsonNode> billed : BILLED.entrySet()) {
            String version = billed.getValue().path("version").asText();
            assertThat(version).as(billed.getKey()).isNotEmpty();
            if (versions.containsKey(billed.getKey())) {
                assertThat(version).as(billed.getKey()).isEqualTo(versions.get(billed.getKey()));
                compared++;
            }
            if (!billed.getKey().startsWith("inferwatt-")) {
                assertThat(version).as(billed.getKey()).doesNotContain("SNAPSHOT");
            }
        }
        assertThat(compared).isGreaterThan(8);
    }

    @Test
    void everyVersionOfThePoms_isFixed() throws Exception {
        for (String folder : List.of("", "core/", "exporters/", "agent/", "it-tests/")) {
            NodeList versions = pom(folder).getElementsByTagName("version");
            for (int i = 0; i < versions.getLength(); i++) {
                Element version = (Element) versions.item(i);
                String parent = version.getParentNode().getNodeName();
                if (parent.equals("dependency") || parent.equals("plugin") || parent.equals("path")) {
                    assertThat(version.getTextContent())
                            .as("version in %spom.xml", folder)
                            .doesNotContain("[", "]", "(", ")", ",", "LATEST", "RELEASE", "SNAPSHOT");
                }
            }
        }
    }

    @Test
    void wrapper_fetchesOneMavenWithAKnownChecksum() throws IOException {
        assertThat(Files.readAllLines(Path.of("../.mvn/wrapper/maven-wrapper.properties")))
                .anyMatch(line -> line.startsWith("distributionUrl=https://"))
                .anyMatch(line -> line.startsWith("distributionSha256Sum=")
                        && line.length() == "distributionSha256Sum=".length() + 64);
    }

    /** Returns by artifact what the root pom manages and the agent's own pom asks for, properties filled in. */
    private static Map<String, String> versionsOfThePom() throws Exception {
        Document root = pom("");
        List<Document> poms = List.of(root, pom("exporters/"), pom("agent/"));
        Map<String, String> properties = new TreeMap<>();
        for (Document pom : poms) {
            NodeList groups = pom.getElementsByTagName("properties");
            for (int i = 0; i < groups.getLength(); i++) {
                NodeList all = ((Element) groups.item(i)).getElementsByTagName("*");
                for (int j = 0; j < all.getLength(); j++) {
                    properties.putIfAbsent(
                            "${" + all.item(j).getNodeName() + "}", all.item(j).getTextContent());
                }
            }
        }
        properties.put("${project.version}", child(root.getDocumentElement(), "version"));
        Map<String, String> versions = new TreeMap<>();
        for (Document pom : poms) {
            NodeList dependencies = pom.getElementsByTagName("dependency");
            for (int i = 0; i < dependencies.getLength(); i++) {
                Element dependency = (Element) dependencies.item(i);
                String version = child(dependency, "version");
                if (!version.isEmpty() && !child(dependency, "scope").equals("provided")) {
                    versions.put(child(dependency, "artifactId"), properties.getOrDefault(version, version));
                }
            }
        }
        return versions;
    }

    private static String child(Element parent, String name) {
        for (int i = 0; i < parent.getChildNodes().getLength(); i++) {
            if (parent.getChildNodes().item(i).getNodeName().equals(name)) {
                return parent.getChildNodes().item(i).getTextContent().strip();
            }
        }
        return "";
    }

    private static Document pom(String folder) throws IOException, ParserConfigurationException, SAXException {
        return parse(Path.of("../" + folder + "pom.xml"));
    }

    private static Document parse(Path pom) throws IOException, ParserConfigurationException, SAXException {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
    }
}
