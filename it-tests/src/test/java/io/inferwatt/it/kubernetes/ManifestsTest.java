package io.inferwatt.it.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.openshift.api.model.monitoring.v1.PodMetricsEndpoint;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.inferwatt.exporters.dashboards.Dashboards;
import io.inferwatt.exporters.rules.RuleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests are of their kinds, fit each other, and set what the agent knows. */
class ManifestsTest {

    private static final Path IMAGE_BUILD = Path.of("../docs/image/build");

    static List<Manifest> all() {
        return Manifest.all();
    }

    /** Everything with pods in it, patched as the documentation says. */
    static List<PodOf> pods() {
        Manifest deployment = Manifest.of("deployment.yaml");
        Manifest tls = Manifest.of("tls-patch.yaml");
        Manifest powercap = Manifest.of("powercap-patch.yaml");
        return Stream.of(
                        deployment,
                        deployment.patchedWith(tls),
                        deployment.patchedWith(powercap),
                        deployment.patchedWith(tls).patchedWith(powercap),
                        Manifest.of("job.yaml"))
                .map(PodOf::of)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("all")
    void manifest_isOfItsKind(Manifest manifest) {
        assertThatCode(() -> StrictTypes.read(manifest.tree())).doesNotThrowAnyException();
    }

    @Test
    void whatTheCommandsWrite_isOfItsKind() {
        String rules = RuleFiles.all(RuleFiles.rules()).get(RuleFiles.MANIFEST);
        assertThat(StrictTypes.read(Manifest.parse(rules))).isInstanceOf(PrometheusRule.class);
        String dashboards = Dashboards.all("dashboards").get(Dashboards.CONFIG_MAP);
        assertThat(StrictTypes.read(Manifest.parse(dashboards))).isInstanceOf(ConfigMap.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "podmonitor.yaml|port: energy-metrics|port: 9465|String",
                "podmonitor.yaml|interval: 30s|intervall: 30s|intervall",
                "podmonitor.yaml|sampleLimit: 5000|sampleLimit: '5000'|Long",
                "podmonitor-tls.yaml|serverName: shop.example|servername: shop.example|servername",
                "deployment.yaml|value: 0.0.0.0|value: 9465|String",
                "deployment.yaml|containerPort: 9465|containerPort: '9465'|Integer",
                "deployment.yaml|readOnlyRootFilesystem: true|readOnlyRootFilesystem: 'true'|Boolean",
                "deployment.yaml|initContainers:|initcontainers:|initcontainers",
                "job.yaml|backoffLimit: 2|backOffLimit: 2|backOffLimit",
                "network-policy.yaml|podSelector:|podSelectors:|podSelectors"
            })
    void manifest_withAMistake_isRefused(String file, String right, String wrong, String named) throws IOException {
        String yaml = Files.readString(Path.of("../docs/kubernetes", file));
        assertThat(yaml).contains(right);
        Map<String, Object> tree = Manifest.parse(yaml.replace(right, wrong));
        assertThatThrownBy(() -> StrictTypes.read(tree))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @MethodSource("pods")
    void settings_areKnownAndAllowed(PodOf pod) {
        assertThat(pod.settings()).containsKey("INFERWATT_SERVICE_NAME");
        assertThat(pod.problemsOfSettings()).isEmpty();
    }

    @Test
    void settings_thatTheAgentDoesNotKnow_areFound() {
        Manifest typo = Manifest.of("deployment.yaml")
                .patchedWith(new Manifest(
                        "a typo",
                        Manifest.parse("{spec: {template: {spec: {containers: [{name: shop, env: [{name:"
                                + " INFERWATT_HTTP_HOTS, value: '::'}]}]}}}}")));
        assertThat(PodOf.of(typo).problemsOfSettings())
                .singleElement()
                .asString()
                .contains("INFERWATT_HTTP_HOTS");
    }

    @ParameterizedTest
    @MethodSource("pods")
    void volumes_areDeclaredOnceMountedAndHoldWhatSettingsName(PodOf pod) {
        assertThat(pod.mountedVolumes()).containsExactlyInAnyOrderElementsOf(pod.volumes());
        assertThat(pod.pathsOfSettings())
                .allSatisfy(path -> assertThat(pod.isProvided(path))
                        .as("%s of %s", path, pod)
                        .isTrue());
    }

    @ParameterizedTest
    @MethodSource("pods")
    void agent_isCopiedFromWhereTheImageHasItToWhereTheJvmLooks(PodOf pod) throws IOException {
        List<String> copy = pod.initCommand();
        assertThat(copy).hasSize(3).startsWith("cp");
        assertThat(Files.readString(IMAGE_BUILD))
                .contains("root" + copy.get(1) + "\"\n", "root/bin/" + copy.get(0) + "\"\n");
        assertThat(pod.variable("JDK_JAVA_OPTIONS")).isEqualTo("-javaagent:" + copy.get(2));
    }

    @ParameterizedTest
    @MethodSource("pods")
    void containers_holdToTheRestrictedStandardButForHostPaths(PodOf pod) {
        assertThat(pod.isRestricted()).isTrue();
    }

    @Test
    void monitorsAndPolicy_nameThePortAndTheLabelsOfTheDeployment() {
        Deployment deployment =
                (Deployment) StrictTypes.read(Manifest.of("deployment.yaml").tree());
        Map<String, String> labels =
                deployment.getSpec().getTemplate().getMetadata().getLabels();
        assertThat(labels)
                .containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
        List<String> ports = PodOf.of(Manifest.of("deployment.yaml")).portNames();
        for (String file : List.of("podmonitor.yaml", "podmonitor-tls.yaml")) {
            PodMonitor monitor = (PodMonitor) StrictTypes.read(Manifest.of(file).tree());
            assertThat(labels)
                    .containsAllEntriesOf(monitor.getSpec().getSelector().getMatchLabels());
            assertThat(labels).containsKey(monitor.getSpec().getJobLabel());
            assertThat(monitor.getSpec().getPodMetricsEndpoints())
                    .extracting(PodMetricsEndpoint::getPort)
                    .containsExactly("energy-metrics")
                    .isSubsetOf(ports);
        }
        NetworkPolicy policy = (NetworkPolicy)
                StrictTypes.read(Manifest.of("network-policy.yaml").tree());
        assertThat(labels)
                .containsAllEntriesOf(policy.getSpec().getPodSelector().getMatchLabels());
        List<String> open = new ArrayList<>();
        policy.getSpec()
                .getIngress()
                .forEach(rule -> rule.getPorts().stream()
                        .map(NetworkPolicyPort::getPort)
                        .map(IntOrString::getStrVal)
                        .forEach(open::add));
        assertThat(open).containsExactlyInAnyOrderElementsOf(ports);
    }
}
