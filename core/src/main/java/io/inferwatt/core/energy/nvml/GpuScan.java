package io.inferwatt.core.energy.nvml;

import io.inferwatt.core.energy.Finding;
import io.inferwatt.core.energy.Finding.Kind;
import java.util.ArrayList;
import java.util.List;

/** Looks at every GPU that the driver shows. A GPU that does not answer is left out, and a finding. */
final class GpuScan {

    private final NvmlApi api;
    private final List<Gpu> gpus = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private boolean failing;

    private GpuScan(NvmlApi api) {
        this.api = api;
    }

    /** Scans; if no GPU answers although there are some, then once more with the library initialised anew. */
    static GpuScan of(NvmlSession session) {
        GpuScan scan = new GpuScan(session.api());
        scan.run();
        // Only then: whoever holds the last reference on a driver resets its counters by letting go.
        if (scan.gpus.isEmpty() && scan.failing && session.reopen() == Codes.SUCCESS) {
            scan = new GpuScan(session.api());
            scan.run();
        }
        return scan;
    }

    List<Gpu> gpus() {
        return gpus;
    }

    List<Finding> findings() {
        return findings;
    }

    private void run() {
        int code = api.count();
        if (code != Codes.SUCCESS) {
            failing = true;
            findings.add(lost("the driver does not tell how many GPUs there are: " + Codes.text(code)));
            return;
        }
        int count = (int) api.value();
        for (int i = 0; i < count; i++) {
            scan(i);
        }
        if (count == 0) {
            findings.add(Finding.absent(
                    NvmlEnergySource.ID,
                    "the NVIDIA driver shows no GPU to this process",
                    "in a container start it with --gpus or NVIDIA_VISIBLE_DEVICES"));
        }
    }

    private void scan(int index) {
        int code = api.handle(index);
        long handle = api.value();
        if (code == Codes.SUCCESS) {
            code = api.uuid(handle);
        }
        if (code != Codes.SUCCESS) {
            leaveOut("GPU " + index, code);
            return;
        }
        String uuid = api.text();
        for (ReadingMethod method : ReadingMethod.values()) {
            code = method.read(api, handle);
            if (code == Codes.SUCCESS) {
                add(described(handle, uuid, method));
                return;
            }
            if (!Codes.isRefusal(code)) {
                break;
            }
        }
        leaveOut(uuid, code);
    }

    private Gpu described(long handle, String uuid, ReadingMethod method) {
        String name = api.name(handle) == Codes.SUCCESS ? api.text() : "a GPU";
        String busId = api.pci(handle) == Codes.SUCCESS ? api.busId() : "";
        double limitWatts = api.enforcedPowerLimit(handle) == Codes.SUCCESS ? api.value() / 1e3 : 0;
        boolean divided = api.migMode(handle) == Codes.SUCCESS && api.value() == 1;
        return new Gpu(handle, uuid, name, busId, limitWatts, divided, method);
    }

    private void add(Gpu gpu) {
        gpus.add(gpu);
        findings.add(Finding.found(NvmlEnergySource.ID, gpu.described()));
        if (gpu.divided()) {
            findings.add(Finding.note(
                    NvmlEnergySource.ID,
                    gpu.uuid()
                            + " is divided into instances (MIG), which have no meters of their own: the figures are those"
                            + " of the whole GPU",
                    ""));
        }
        if (gpu.method() == ReadingMethod.MODULE_POWER) {
            findings.add(Finding.note(
                    NvmlEnergySource.ID,
                    gpu.uuid()
                            + " has a meter for its whole module only, which may hold a processor that is metered too",
                    ""));
        }
    }

    private void leaveOut(String gpu, int code) {
        boolean refused = Codes.isRefusal(code);
        failing |= !refused;
        if (refused && code != Codes.NO_PERMISSION) {
            findings.add(Finding.absent(
                    NvmlEnergySource.ID, gpu + " tells neither energy nor power: " + Codes.text(code), ""));
        } else {
            findings.add(lost(gpu + " is left out: " + Codes.text(code)));
        }
    }

    private static Finding lost(String text) {
        return new Finding(NvmlEnergySource.ID, Kind.LOST, text, "see what nvidia-smi says; tried again every minute");
    }
}
