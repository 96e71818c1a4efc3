package io.inferwatt.core.energy.nvml;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The functions of NVML that metering needs. Each returns NVML's code, {@link Codes#FUNCTION_NOT_FOUND} where the library
 * lacks it; what it found is then read from here until the next call. Garbage-free but for texts. One thread at a time.
 *
 * <p>Names, types and layouts as NVIDIA's NVML API Reference Guide has them; sizes and offsets for 64-bit systems.
 */
final class NvmlApi {

    /** The only scope that covers the GPU and nothing else. */
    static final int SCOPE_GPU = 0;
    /** The whole module: of a Grace Hopper superchip the processor too. */
    static final int SCOPE_MODULE = 1;

    static final int FIELD_TOTAL_ENERGY = 83;
    static final int FIELD_MEAN_POWER = 185;
    static final int FIELD_INSTANT_POWER = 186;

    private static final int AREA_BYTES = 4096;
    private static final int TEXT_BYTES = 96;
    private static final long MOST_SAMPLES = 20_000;
    private static final int SAMPLE_BYTES = 32;
    private static final int MOST_BYTES = 1 << 20;
    private static final int FIELD_BYTES = 40;
    private static final int BUS_ID_AT = 36;
    /** Two whole numbers in front of the samples: their count, and room so that they stay aligned. */
    private static final int SAMPLES_AT = 16;

    private final @Nullable MethodHandle init;
    private final @Nullable MethodHandle shutdown;
    private final @Nullable MethodHandle driverVersion;
    private final @Nullable MethodHandle count;
    private final @Nullable MethodHandle handle;
    private final @Nullable MethodHandle uuid;
    private final @Nullable MethodHandle name;
    private final @Nullable MethodHandle pci;
    private final @Nullable MethodHandle energy;
    private final @Nullable MethodHandle power;
    private final @Nullable MethodHandle fields;
    private final @Nullable MethodHandle limit;
    private final @Nullable MethodHandle utilization;
    private final @Nullable MethodHandle processes;
    private final @Nullable MethodHandle mig;

    private final NvmlBinding binding;
    private ByteBuffer area;
    private long address;
    private long value;

    NvmlApi(NvmlBinding binding) {
        this.binding = binding;
        MethodType pointer = type(long.class);
        MethodType twoPointers = type(long.class, long.class);
        MethodType deviceText = type(long.class, long.class, int.class);
        init = binding.function("nvmlInit_v2", type());
        shutdown = binding.function("nvmlShutdown", type());
        driverVersion = binding.function("nvmlSystemGetDriverVersion", type(long.class, int.class));
        count = binding.function("nvmlDeviceGetCount_v2", pointer);
        handle = binding.function("nvmlDeviceGetHandleByIndex_v2", type(int.class, long.class));
        uuid = binding.function("nvmlDeviceGetUUID", deviceText);
        name = binding.function("nvmlDeviceGetName", deviceText);
        pci = binding.function("nvmlDeviceGetPciInfo_v3", twoPointers);
        energy = binding.function("nvmlDeviceGetTotalEnergyConsumption", twoPointers);
        power = binding.function("nvmlDeviceGetPowerUsage", twoPointers);
        fields = binding.function("nvmlDeviceGetFieldValues", type(long.class, int.class, long.class));
        limit = binding.function("nvmlDeviceGetEnforcedPowerLimit", twoPointers);
        utilization = binding.function("nvmlDeviceGetUtilizationRates", twoPointers);
        processes = binding.function(
                "nvmlDeviceGetProcessUtilization", type(long.class, long.class, long.class, long.class));
        mig = binding.function("nvmlDeviceGetMigMode", type(long.class, long.class, long.class));
        area = memory(AREA_BYTES);
        address = binding.addressOf(area);
    }

    private static MethodType type(Class<?>... arguments) {
        return MethodType.methodType(int.class, arguments);
    }

    private static ByteBuffer memory(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** Returns whether this is NVML at all and not some other library. */
    boolean isComplete() {
        return init != null && shutdown != null && count != null && handle != null && uuid != null;
    }

    /** Returns the number that the latest successful call found: its value, its count or its handle. */
    long value() {
        return value;
    }

    /** Returns the text that the latest successful call found. */
    String text() {
        return text(0, TEXT_BYTES);
    }

    int init() {
        return call(init);
    }

    int shutdown() {
        return call(shutdown);
    }

    /** Finds a text. */
    int driverVersion() {
        try {
            return driverVersion == null
                    ? Codes.FUNCTION_NOT_FOUND
                    : (int) driverVersion.invokeExact(address, TEXT_BYTES);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** Finds how many GPUs there are, never counting the instances into which one may be divided. */
    int count() {
        try {
            return count == null ? Codes.FUNCTION_NOT_FOUND : whole((int) count.invokeExact(address));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** Finds the handle of a GPU, valid until the library is shut down. */
    int handle(int index) {
        try {
            int code = handle == null ? Codes.FUNCTION_NOT_FOUND : (int) handle.invokeExact(index, address);
            value = area.getLong(0);
            return code;
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** Finds a text. */
    int uuid(long device) {
        return deviceText(uuid, device);
    }

    /** Finds a text. */
    int name(long device) {
        return deviceText(name, device);
    }

    /** Finds the address on the bus, to be had by {@link #busId}. */
    int pci(long device) {
        return call(pci, device);
    }

    /** Returns what {@link #pci} found. */
    String busId() {
        return text(BUS_ID_AT, 32);
    }

    /** Finds millijoules since the driver was loaded. */
    int totalEnergy(long device) {
        int code = call(energy, device);
        value = area.getLong(0);
        return code;
    }

    /** Finds milliwatts. */
    int powerUsage(long device) {
        return whole(call(power, device));
    }

    /** Finds milliwatts. */
    int enforcedPowerLimit(long device) {
        return whole(call(limit, device));
    }

    /** Finds the per cent of the latest sampling period, of 1/6 to 1 s, in which the GPU was busy. */
    int utilization(long device) {
        return whole(call(utilization, device));
    }

    /** Finds 1 if the GPU is divided into instances, else 0. */
    int migMode(long device) {
        try {
            return mig == null
                    ? Codes.FUNCTION_NOT_FOUND
                    : whole((int) mig.invokeExact(device, address, address + Integer.BYTES));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** Finds the value of a field, in thousandths of its unit. The answer of the field counts, not only that of the call. */
    int field(long device, int field, int scope) {
        if (fields == null) {
            return Codes.FUNCTION_NOT_FOUND;
        }
        for (int at = 0; at < FIELD_BYTES; at += Long.BYTES) {
            area.putLong(at, 0);
        }
        area.putInt(0, field).putInt(4, scope).putInt(28, Codes.UNKNOWN);
        try {
            int code = (int) fields.invokeExact(device, 1, address);
            return code == Codes.SUCCESS ? fieldValue() : code;
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    private int fieldValue() {
        switch (area.getInt(24)) {
            case 0 -> value = (long) area.getDouble(32);
            case 1 -> value = Integer.toUnsignedLong(area.getInt(32));
            case 2, 3, 4 -> value = area.getLong(32);
            case 5 -> value = area.getInt(32);
            case 6 -> value = Short.toUnsignedLong(area.getShort(32));
            default -> {
                return area.getInt(28) == Codes.SUCCESS ? Codes.UNKNOWN : area.getInt(28);
            }
        }
        return area.getInt(28);
    }

    /**
     * Finds the samples of all processes that are newer than this, and how many they are. {@link Codes#NOT_FOUND} says that
     * there are none, {@link Codes#INSUFFICIENT_SIZE} that there were more than fit; then there is room at the next call.
     *
     * @param sinceMicros time of a sample, microseconds since 1970
     */
    int processUtilization(long device, long sinceMicros) {
        if (processes == null) {
            return Codes.FUNCTION_NOT_FOUND;
        }
        area.putInt(0, (area.capacity() - SAMPLES_AT) / SAMPLE_BYTES);
        try {
            int code = (int) processes.invokeExact(device, address + SAMPLES_AT, address, sinceMicros);
            whole(code);
            if (code == Codes.INSUFFICIENT_SIZE && area.capacity() < MOST_BYTES) {
                grow(value);
            }
            return code;
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    private void grow(long samples) {
        // Twice what is asked for now, since more may come before the next call; a driver that asks for millions is
        // broken.
        long bytes = SAMPLES_AT + 2 * Math.max(0, Math.min(samples, MOST_SAMPLES)) * SAMPLE_BYTES;
        area = memory((int) Math.min(MOST_BYTES, Math.max(bytes, 2L * area.capacity())));
        address = binding.addressOf(area);
    }

    int samplePid(int index) {
        return area.getInt(SAMPLES_AT + index * SAMPLE_BYTES);
    }

    /** Returns the end of the sample's time, microseconds since 1970. */
    long sampleMicros(int index) {
        return area.getLong(SAMPLES_AT + index * SAMPLE_BYTES + 8);
    }

    /** Returns the per cent of the time in which the process computed on the GPU. */
    int samplePercent(int index) {
        return area.getInt(SAMPLES_AT + index * SAMPLE_BYTES + 16);
    }

    private int deviceText(@Nullable MethodHandle function, long device) {
        try {
            return function == null
                    ? Codes.FUNCTION_NOT_FOUND
                    : (int) function.invokeExact(device, address, TEXT_BYTES);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    private static int call(@Nullable MethodHandle function) {
        try {
            return function == null ? Codes.FUNCTION_NOT_FOUND : (int) function.invokeExact();
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    private int call(@Nullable MethodHandle function, long device) {
        try {
            return function == null ? Codes.FUNCTION_NOT_FOUND : (int) function.invokeExact(device, address);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** Takes an unsigned 32-bit value from the begin of the area. */
    private int whole(int code) {
        value = Integer.toUnsignedLong(area.getInt(0));
        return code;
    }

    private String text(int from, int most) {
        byte[] bytes = new byte[most];
        area.get(from, bytes);
        int length = 0;
        while (length < most && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8).strip();
    }

    private static IllegalStateException impossible(Throwable e) {
        return new IllegalStateException("a native function of NVML could not be called", e);
    }
}
