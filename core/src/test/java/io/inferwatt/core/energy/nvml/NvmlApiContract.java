package io.inferwatt.core.energy.nvml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.inferwatt.core.energy.nvml.StubNvml.Gpu;
import io.inferwatt.core.energy.nvml.StubNvml.Library;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every way to call the library keeps, shown on a real library with NVML's layouts. */
abstract class NvmlApiContract {

    private static final long DEVICE = 0x100;

    @TempDir
    Path folder;

    private StubNvml stub;

    protected abstract NvmlBinding open(String library) throws Throwable;

    @BeforeEach
    void compile() throws Exception {
        stub = StubNvml.in(folder);
    }

    private NvmlApi started() throws Throwable {
        NvmlApi api = new NvmlApi(open(stub.library().toString()));
        assertThat(api.isComplete()).isTrue();
        assertThat(api.init()).isEqualTo(Codes.SUCCESS);
        return api;
    }

    @Test
    void initAndShutdown_areCounted() throws Throwable {
        NvmlApi api = started();
        assertThat(stub.get(Library.CLIENTS)).isEqualTo(1);

        assertThat(api.shutdown()).isEqualTo(Codes.SUCCESS);

        assertThat(stub.get(Library.CLIENTS)).isZero();
        assertThat(api.count()).isEqualTo(Codes.UNINITIALIZED);
    }

    @Test
    void init_thatFails_keepsItsCode() throws Throwable {
        stub.set(Library.INIT_RC, 18);

        assertThat(new NvmlApi(open(stub.library().toString())).init()).isEqualTo(Codes.LIB_RM_VERSION_MISMATCH);
    }

    @Test
    void devices_areFoundWithTheirTexts() throws Throwable {
        stub.set(Library.COUNT, 2);
        NvmlApi api = started();

        assertThat(api.driverVersion()).isZero();
        assertThat(api.text()).isEqualTo("575.57.08");
        assertThat(api.count()).isZero();
        assertThat(api.value()).isEqualTo(2);
        assertThat(api.handle(1)).isZero();
        long device = api.value();
        assertThat(device).isEqualTo(DEVICE + 1);
        assertThat(api.uuid(device)).isZero();
        assertThat(api.text()).isEqualTo(StubNvml.uuid(1));
        assertThat(api.name(device)).isZero();
        assertThat(api.text()).isEqualTo("Stand-in GPU 1");
        assertThat(api.pci(device)).isZero();
        assertThat(api.busId()).isEqualTo("00000000:02:00.0");
        assertThat(api.handle(2)).isEqualTo(2);
    }

    @Test
    void numbers_areReadInTheirWidth() throws Throwable {
        stub.set(0, Gpu.BASE_UJ, 9_000_000_000_123_000L)
                .set(0, Gpu.LIMIT_MW, 1_400_000)
                .set(0, Gpu.MIG, 0)
                .process(0, 4711, 60);
        NvmlApi api = started();

        assertThat(api.totalEnergy(DEVICE)).isZero();
        assertThat(api.value()).isEqualTo(9_000_000_000_123L);
        assertThat(api.powerUsage(DEVICE)).isZero();
        assertThat(api.value()).isEqualTo(100_000);
        assertThat(api.enforcedPowerLimit(DEVICE)).isZero();
        assertThat(api.value()).isEqualTo(1_400_000);
        assertThat(api.utilization(DEVICE)).isZero();
        assertThat(api.value()).isEqualTo(60);
        assertThat(api.migMode(DEVICE)).isZero();
        assertThat(api.value()).isZero();
        stub.set(0, Gpu.MIG, 1);
        assertThat(api.migMode(DEVICE)).isZero();
        assertThat(api.value()).isEqualTo(1);
        assertThat(api.utilization(DEVICE)).isEqualTo(Codes.NOT_SUPPORTED);
    }

    @Test
    void powerBeyond31Bits_isNotNegative() throws Throwable {
        stub.set(0, Gpu.POWER_MW, 0xFFFF_FFF0L);
        NvmlApi api = started();

        assertThat(api.powerUsage(DEVICE)).isZero();
        assertThat(api.value()).isEqualTo(0xFFFF_FFF0L);
    }

    @Test
    void fields_answerEachForItself() throws Throwable {
        stub.set(0, Gpu.INSTANT_RC, StubNvml.NOT_SUPPORTED);
        NvmlApi api = started();

        assertThat(api.field(DEVICE, NvmlApi.FIELD_TOTAL_ENERGY, NvmlApi.SCOPE_GPU))
                .isZero();
        assertThat(api.value()).isEqualTo(5_000_000);
        assertThat(api.field(DEVICE, NvmlApi.FIELD_INSTANT_POWER, NvmlApi.SCOPE_GPU))
                .isEqualTo(Codes.NOT_SUPPORTED);
        assertThat(api.field(DEVICE, NvmlApi.FIELD_INSTANT_POWER, NvmlApi.SCOPE_MODULE))
                .isZero();
        assertThat(api.value()).isEqualTo(100_000);
        assertThat(api.field(DEVICE, NvmlApi.FIELD_MEAN_POWER, NvmlApi.SCOPE_GPU))
                .isZero();
        assertThat(api.field(DEVICE, 1, NvmlApi.SCOPE_GPU)).isEqualTo(Codes.NOT_SUPPORTED);
    }

    @Test
    void lostDevice_keepsItsCode() throws Throwable {
        NvmlApi api = started();
        stub.set(0, Gpu.LOST_RC, StubNvml.GPU_IS_LOST);

        assertThat(api.totalEnergy(DEVICE)).isEqualTo(Codes.GPU_IS_LOST);
        assertThat(api.field(DEVICE, NvmlApi.FIELD_INSTANT_POWER, NvmlApi.SCOPE_GPU))
                .isEqualTo(Codes.GPU_IS_LOST);
        assertThat(api.handle(0)).isEqualTo(Codes.GPU_IS_LOST);
    }

    @Test
    void samplesOfProcesses_comeOnceAndThenNoneIsFound() throws Throwable {
        stub.set(Library.SAMPLE_US, 1_000_000).process(0, 4_000_000_000L, 60).process(0, 7, 20);
        NvmlApi api = started();
        assertThat(api.processUtilization(DEVICE, 0)).isZero();
        long newest = api.sampleMicros((int) api.value() - 1);
        stub.pass(1_000_000);

        assertThat(api.processUtilization(DEVICE, newest)).isZero();
        assertThat(api.value()).isEqualTo(2);
        assertThat(Integer.toUnsignedLong(api.samplePid(0))).isEqualTo(4_000_000_000L);
        assertThat(api.samplePercent(0)).isEqualTo(60);
        assertThat(api.sampleMicros(0)).isEqualTo(newest + 1_000_000);
        assertThat(api.samplePid(1)).isEqualTo(7);
        assertThat(api.samplePercent(1)).isEqualTo(20);
        assertThat(api.processUtilization(DEVICE, newest + 1_000_000)).isEqualTo(Codes.NOT_FOUND);
    }

    @Test
    void moreSamplesThanFit_fitTheNextTime() throws Throwable {
        stub.set(Library.SAMPLE_US, 10_000).process(0, 7, 20);
        NvmlApi api = started();

        assertThat(api.processUtilization(DEVICE, 0)).isEqualTo(Codes.INSUFFICIENT_SIZE);
        assertThat(api.processUtilization(DEVICE, 0)).isZero();
        assertThat(api.value()).isEqualTo(1000);
        assertThat(api.samplePid(999)).isEqualTo(7);
        assertThat(api.totalEnergy(DEVICE)).isZero();
        assertThat(api.value()).isEqualTo(5_000_000);
    }

    @Test
    void functionThatIsMissing_isMissingAlone() throws Throwable {
        StubNvml old = StubNvml.in(folder.resolve("old"), "WITHOUT_ENERGY", "WITHOUT_FIELDS", "WITHOUT_PROCESSES");
        NvmlApi api = new NvmlApi(open(old.library().toString()));

        assertThat(api.isComplete()).isTrue();
        assertThat(api.init()).isZero();
        assertThat(api.totalEnergy(DEVICE)).isEqualTo(Codes.FUNCTION_NOT_FOUND);
        assertThat(api.field(DEVICE, 186, 0)).isEqualTo(Codes.FUNCTION_NOT_FOUND);
        assertThat(api.processUtilization(DEVICE, 0)).isEqualTo(Codes.FUNCTION_NOT_FOUND);
        assertThat(api.powerUsage(DEVICE)).isZero();
        assertThat(old.get(Library.INITS)).isEqualTo(1);
    }

    @Test
    void anythingButALibrary_isRefused() throws Throwable {
        Path text = Files.writeString(folder.resolve("libtext.so"), "no library");

        assertThatThrownBy(() -> open(text.toString())).isNotNull();
        assertThatThrownBy(() -> open(folder.resolve("libnone.so").toString())).isNotNull();
    }

    @Test
    void readings_leaveNoGarbage() throws Throwable {
        stub.process(0, 7, 20);
        NvmlApi api = started();
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        readOften(api);
        memory.getCurrentThreadAllocatedBytes();

        // Whatever the JVM itself allocates once in a while is not a cost of each reading.
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long before = memory.getCurrentThreadAllocatedBytes();
            readOften(api);
            least = Math.min(least, memory.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(least).isLessThan(1000); // for 8000 readings
    }

    private static void readOften(NvmlApi api) {
        for (int i = 0; i < 2000; i++) {
            api.totalEnergy(DEVICE);
            api.powerUsage(DEVICE);
            api.field(DEVICE, NvmlApi.FIELD_INSTANT_POWER, NvmlApi.SCOPE_GPU);
            api.processUtilization(DEVICE, Long.MAX_VALUE);
        }
    }
}
