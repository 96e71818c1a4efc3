package io.inferwatt.it.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.inferwatt.core.config.ConfigLoader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pod that a manifest makes: one init container, which brings the agent, and one container, the application. */
record PodOf(String file, PodSpec spec) {

    private static final String PREFIX = "INFERWATT_";

    static PodOf of(Manifest manifest) {
        HasMetadata object = StrictTypes.read(manifest.tree());
        if (object instanceof Deployment deployment) {
            return new PodOf(manifest.file(), deployment.getSpec().getTemplate().getSpec());
        }
        return new PodOf(manifest.file(), ((Job) object).getSpec().getTemplate().getSpec());
    }

    private Container application() {
        return only(spec.getContainers());
    }

    private static Container only(List<Container> containers) {
        if (containers.size() != 1) {
            throw new AssertionError("not one container but " + containers.size());
        }
        return containers.get(0);
    }

    List<String> initCommand() {
        return only(spec.getInitContainers()).getCommand();
    }

    List<String> portNames() {
        return application().getPorts().stream().map(ContainerPort::getName).toList();
    }

    @Nullable
    String variable(String name) {
        return application().getEnv().stream()
                .filter(variable -> variable.getName().equals(name))
                .map(EnvVar::getValue)
                .findAny()
                .orElse(null);
    }

    /** Returns the variables that are settings of the agent; what only the cluster knows is some text. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (EnvVar variable : application().getEnv()) {
            if (variable.getName().startsWith(PREFIX)) {
                settings.put(
                        variable.getName(), variable.getValue() == null ? "from-the-cluster" : variable.getValue());
            }
        }
        return settings;
    }

    List<String> problemsOfSettings() {
        return ConfigLoader.load(null, Map.of(), settings()).problems();
    }

    /** Returns the files and folders that variables name, the jar of the agent among them. */
    List<String> pathsOfSettings() {
        return application().getEnv().stream()
                .map(EnvVar::getValue)
                .filter(value -> value != null && (value.startsWith("/") || value.startsWith("-javaagent:/")))
                .map(value -> value.substring(value.indexOf('/')))
                .toList();
    }

    Set<String> volumes() {
        Set<String> names = new TreeSet<>();
        spec.getVolumes().forEach(volume -> names.add(volume.getName()));
        return names;
    }

    /** Returns the volumes that any container mounts. */
    Set<String> mountedVolumes() {
        Set<String> names = new TreeSet<>();
        containers().forEach(container -> container.getVolumeMounts().forEach(mount -> names.add(mount.getName())));
        return names;
    }

    private Stream<Container> containers() {
        return Stream.concat(spec.getInitContainers().stream(), spec.getContainers().stream());
    }

    /** Whether the application finds something there: in a mounted volume and, of a secret's items, as one of them. */
    boolean isProvided(String path) {
        for (VolumeMount mount : application().getVolumeMounts()) {
            if (path.equals(mount.getMountPath())) {
                return true;
            }
            if (path.startsWith(mount.getMountPath() + "/")) {
                return holds(
                        volume(mount.getName()),
                        path.substring(mount.getMountPath().length() + 1));
            }
        }
        return false;
    }

    private static boolean holds(Volume volume, String file) {
        if (volume.getSecret() == null) {
            return true;
        }
        return volume.getSecret().getItems().stream().map(KeyToPath::getPath).anyMatch(file::equals);
    }

    private Volume volume(String name) {
        return spec.getVolumes().stream()
                .filter(volume -> volume.getName().equals(name))
                .findAny()
                .orElseThrow();
    }

    /** Whether nothing runs as root, gains rights or writes into its image. */
    boolean isRestricted() {
        return Boolean.TRUE.equals(spec.getSecurityContext().getRunAsNonRoot())
                && "RuntimeDefault"
                        .equals(spec.getSecurityContext().getSeccompProfile().getType())
                && containers().allMatch(container -> isRestricted(container.getSecurityContext()));
    }

    private static boolean isRestricted(SecurityContext context) {
        return Boolean.FALSE.equals(context.getAllowPrivilegeEscalation())
                && Boolean.TRUE.equals(context.getReadOnlyRootFilesystem())
                && context.getCapabilities().getDrop().equals(List.of("ALL"));
    }

    @Override
    public String toString() {
        return file;
    }
}
