package io.inferwatt.core.energy.nvml;

import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.EnergySource;
import io.inferwatt.core.energy.Finding;
import io.inferwatt.core.energy.Finding.Kind;
import io.inferwatt.core.energy.SourceContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * NVIDIA GPUs: a domain for each, never for its instances. Native code is loaded only where files of the driver are seen or a
 * library is configured, and stays loaded and initialised from then on.
 */
public final class NvmlEnergySource implements EnergySource {

    static final String ID = "nvml";

    private static final Path REAL_SYS = Path.of("/sys");
    private static final Path CONTROL_NODE = Path.of("/dev/nvidiactl");

    private @Nullable NvmlSession session;
    private boolean nativeAccessWasGranted;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int rank() {
        return 20;
    }

    @Override
    public Discovery discover(SourceContext context) {
        if (context.nvmlLibrary().isEmpty() && !driverIsHere(context)) {
            return Discovery.nothing(Finding.absent(ID, "no NVIDIA driver here", ""));
        }
        // A container on a GPU machine sees that there is a driver, and often is meant to have no GPU.
        Kind failed = context.nvmlLibrary().isPresent() || Files.exists(CONTROL_NODE) ? Kind.LOST : Kind.ABSENT;
        String library = context.nvmlLibrary().orElse(NvmlLibrary.defaultName());
        try {
            NvmlSession opened = session(library);
            int code = opened.open();
            return code == Codes.SUCCESS
                    ? discover(opened, context)
                    : Discovery.nothing(NvmlLibrary.whyNot(code, failed));
        } catch (Throwable notUsable) {
            return Discovery.nothing(NvmlLibrary.whyNot(library, notUsable, failed));
        }
    }

    private Discovery discover(NvmlSession session, SourceContext context) {
        GpuScan scan = GpuScan.of(session);
        List<Finding> findings = new ArrayList<>(scan.findings());
        List<EnergyCounter> counters = new ArrayList<>();
        long ownPid = HostPid.in(context.procRoot());
        for (Gpu gpu : scan.gpus()) {
            counters.add(new NvmlCounter(session, gpu, context.ceilingWatts(), ownPid, context.serving()));
        }
        if (!counters.isEmpty()) {
            remarks(ownPid, session.api(), findings);
        }
        return new Discovery(counters, findings);
    }

    private void remarks(long ownPid, NvmlApi api, List<Finding> findings) {
        if (api.driverVersion() == Codes.SUCCESS) {
            findings.add(Finding.found(ID, "NVIDIA driver " + api.text()));
        }
        if (ownPid == HostPid.UNKNOWN) {
            findings.add(Finding.note(
                    ID,
                    "in a container the driver's process numbers are not ours, so work of other processes on a GPU cannot be"
                            + " told from ours",
                    "share the host's process namespace, or mount its /proc read-only at a place of its own and set"
                            + " energy.procfs.root"));
        }
        if (NvmlLibrary.hasForeignFunctions() && !nativeAccessWasGranted) {
            findings.add(Finding.note(
                    ID,
                    "Java warns of native access and will deny it in a later version",
                    "start the JVM with --enable-native-access=ALL-UNNAMED"));
        }
    }

    private NvmlSession session(String library) throws Throwable {
        NvmlSession current = session;
        if (current == null || !current.library().equals(library)) {
            nativeAccessWasGranted = FfmNvml.isGranted(); // the first use grants it, with a warning
            current = new NvmlSession(library, NvmlLibrary.open(library));
            session = current;
        }
        return current;
    }

    private static boolean driverIsHere(SourceContext context) {
        boolean ownTree = context.sysRoot().normalize().equals(REAL_SYS);
        return Files.exists(context.procRoot().resolve("driver/nvidia/version"))
                || Files.exists(context.sysRoot().resolve("module/nvidia"))
                || (ownTree && (Files.exists(CONTROL_NODE) || installedOnWindows()));
    }

    private static boolean installedOnWindows() {
        String windows = System.getenv("SystemRoot");
        return NvmlLibrary.isWindows()
                && windows != null
                && Files.exists(Path.of(windows, "System32", NvmlLibrary.defaultName()));
    }
}
