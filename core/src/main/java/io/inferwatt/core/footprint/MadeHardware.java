package io.inferwatt.core.footprint;

import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.host.HostFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * What making this machine emitted, by class of hardware, spread evenly over the years it is in use. The processors' domain, or that of
 * the whole machine where that is metered instead, carries all but the GPUs; each GPU carries its own. Safe from all threads; no lock,
 * and quick enough for each tick.
 */
public final class MadeHardware implements EmbodiedHardware {

    /** Common rack server: Dell's sheet for the R740 has 1313, the median of 48 servers is 1215. */
    private static final double SERVER_KILOGRAMS = 1300;

    private static final double SERVER_YEARS = 4;

    /** Server around data-centre GPUs, without them: 5700 kg for 8 of them (p5.48xlarge, EcoLogits). */
    private static final double CHASSIS_KILOGRAMS_PER_GPU = 5700 / 8.0;

    private static final double GPU_YEARS = 3;

    /** HGX H100, 1312 kg for 8 (NVIDIA's product carbon footprint, 2025); also for GPUs of which nothing is known. */
    private static final double USUAL_GPU_KILOGRAMS = 164;

    /** By a word of the name. B200: HGX B200, 2274 kg for 8 (NVIDIA). A100: Falk et al., 2025, arXiv 2509.00093. */
    private static final Map<String, Double> KILOGRAMS_BY_WORD = Map.of(
            "H100",
            USUAL_GPU_KILOGRAMS,
            "H200",
            USUAL_GPU_KILOGRAMS,
            "GH200",
            USUAL_GPU_KILOGRAMS,
            "B200",
            284.0,
            "GB200",
            284.0,
            "A100",
            128.0);

    /** Hardware threads of a common server with two sockets, of which a virtual machine is taken to be a part. */
    private static final double THREADS_OF_A_SERVER = 128;

    private static final double SECONDS_OF_A_YEAR = 365 * 86_400.0;

    private final InferwattConfig.Embodied settings;
    private final HostFacts facts;
    private final Supplier<List<Device>> devices;

    /**
     * @param devices those that are metered now, the GPUs among them
     */
    public MadeHardware(InferwattConfig.Embodied settings, HostFacts facts, Supplier<List<Device>> devices) {
        this.settings = settings;
        this.facts = facts;
        this.devices = devices;
    }

    /**
     * Something that is metered.
     *
     * @param name as its maker calls it, empty if not known
     */
    public record Device(Domain domain, String name) {}

    /** Part of a life that passes in a second, in grams. */
    private static double gramsPerSecond(double kilograms, double years) {
        return 1000 * kilograms / (years * SECONDS_OF_A_YEAR);
    }

    @Override
    public double gramsPerSecond(Domain domain) {
        return switch (domain.component()) {
            case CPU, OTHER -> hostGramsPerSecond(aiGpus(devices.get()));
            case GPU -> gpuGramsPerSecond(nameOf(domain));
            case DRAM, REMOTE -> 0; // memory is in the figure of the server
        };
    }

    private double hostGramsPerSecond(int aiGpus) {
        return isChassis(aiGpus)
                ? gramsPerSecond(
                        aiGpus * CHASSIS_KILOGRAMS_PER_GPU,
                        settings.serverYears().orElse(GPU_YEARS))
                : share()
                        * gramsPerSecond(
                                settings.serverKilograms().orElse(SERVER_KILOGRAMS),
                                settings.serverYears().orElse(SERVER_YEARS));
    }

    /** The chassis is the server around them: it takes the place of the common one, never both. */
    private boolean isChassis(int aiGpus) {
        return aiGpus > 0 && settings.serverKilograms().isEmpty();
    }

    private double share() {
        return settings.serverShare()
                .orElse(
                        facts.virtualization() == null
                                ? 1
                                : Math.min(1, facts.hardwareThreads() / THREADS_OF_A_SERVER));
    }

    private double gpuGramsPerSecond(String name) {
        return gramsPerSecond(gpuKilograms(name), settings.gpuYears().orElse(GPU_YEARS));
    }

    private double gpuKilograms(String name) {
        return settings.gpuKilograms().orElse(knownKilograms(name).orElse(USUAL_GPU_KILOGRAMS));
    }

    private String nameOf(Domain domain) {
        for (Device device : devices.get()) {
            if (device.domain().equals(domain)) {
                return device.name();
            }
        }
        return "";
    }

    /** Word by word: an RTX A1000 is no A100. */
    private static OptionalDouble knownKilograms(String name) {
        int begin = 0;
        for (int i = 0; i <= name.length(); i++) {
            if (i == name.length() || !Character.isLetterOrDigit(name.charAt(i))) {
                Double known = KILOGRAMS_BY_WORD.get(name.substring(begin, i).toUpperCase(Locale.ROOT));
                if (known != null) {
                    return OptionalDouble.of(known);
                }
                begin = i + 1;
            }
        }
        return OptionalDouble.empty();
    }

    private static int aiGpus(List<Device> devices) {
        int count = 0;
        for (Device device : devices) {
            if (isGpu(device) && knownKilograms(device.name()).isPresent()) {
                count++;
            }
        }
        return count;
    }

    private static boolean isGpu(Device device) {
        return device.domain().component() == Component.GPU;
    }

    /** Returns lines for a person: which figures are in force, from whom, and what is assumed. */
    public List<String> findings() {
        List<Device> now = devices.get();
        List<String> findings = new ArrayList<>();
        findings.add(host(aiGpus(now)));
        for (Device device : now) {
            if (isGpu(device)) {
                findings.add(gpu(device));
            }
        }
        return findings;
    }

    private String host(int aiGpus) {
        String grams = perHour(hostGramsPerSecond(aiGpus));
        if (isChassis(aiGpus)) {
            return "embodied: " + grams + " for the server around " + aiGpus + " data-centre GPUs: "
                    + CHASSIS_KILOGRAMS_PER_GPU + " kg CO2e for each over "
                    + settings.serverYears().orElse(GPU_YEARS)
                    + " years (p5.48xlarge without its 8 GPUs, 5700 kg, by EcoLogits); set embodied.server_kg to the maker's figure";
        }
        boolean known = settings.serverKilograms().isPresent();
        return "embodied: " + grams + " for the server: "
                + settings.serverKilograms().orElse(SERVER_KILOGRAMS)
                + " kg CO2e"
                + (known ? " as configured" : " (common rack server: Dell R740 1313, median of 48 servers 1215)")
                + " over " + settings.serverYears().orElse(SERVER_YEARS) + " years, of which this machine is "
                + inWords()
                + (known ? "" : "; set embodied.server_kg to the maker's figure");
    }

    private String inWords() {
        if (settings.serverShare().isPresent()) {
            return share() + " as configured";
        }
        return facts.virtualization() == null
                ? "all"
                : share() + ": it is virtual and has " + facts.hardwareThreads() + " hardware threads of "
                        + (int) THREADS_OF_A_SERVER
                        + ", which is assumed; set embodied.share to its part of the server";
    }

    private String gpu(Device device) {
        String name = device.name().isEmpty() ? device.domain().id() : device.name();
        String source = settings.gpuKilograms().isPresent()
                ? "as configured"
                : knownKilograms(device.name()).isPresent()
                        ? "of its class"
                        : "of an H100, since nothing is known of this one; set embodied.gpu_kg";
        return "embodied: " + perHour(gpuGramsPerSecond(device.name())) + " for " + name + ": "
                + gpuKilograms(device.name()) + " kg CO2e over "
                + settings.gpuYears().orElse(GPU_YEARS) + " years, " + source;
    }

    private static String perHour(double gramsPerSecond) {
        return Math.round(gramsPerSecond * 3600 * 1e4) / 1e4 + " g CO2e an hour";
    }
}
