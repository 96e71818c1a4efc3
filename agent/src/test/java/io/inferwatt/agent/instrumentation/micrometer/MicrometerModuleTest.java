package io.inferwatt.agent.instrumentation.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.application.ApplicationMeters;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.LibrarySupport;
import io.inferwatt.agent.instrumentation.ModuleContract;
import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.exporters.application.ForwardingRegistry;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The meters in registries of applications, each with a real Micrometer that only it sees. */
class MicrometerModuleTest extends ModuleContract {

    private List<String> log;
    private ForwardingRegistry meters;
    private ApplicationMeters application;
    private WovenLibrary woven;
    private int refreshes;

    @Override
    protected InstrumentationModule module() {
        return new MicrometerModule();
    }

    @Override
    protected LibrarySupport support() {
        return LibrarySupport.besides(
                "Micrometer",
                "io.micrometer:micrometer-core",
                "1.17.2",
                List.of("1.5.0"),
                "with `export.application.enabled=true` the meters are in its global registry as well, see"
                        + " [metrics.md](metrics.md#in-the-applications-own-registry)");
    }

    @BeforeEach
    void attach() throws Exception {
        ApplicationMeters.forget();
        refreshes = 0;
        log = new ArrayList<>();
        meters = new ForwardingRegistry();
        application = new ApplicationMeters(meters, () -> refreshes++, log::add);
        woven = new WovenLibrary(
                List.of(module()),
                List.of("io.micrometer.", "io.prometheus.", RegistryApplication.class.getName()),
                getClass().getClassLoader());
    }

    @AfterEach
    void detach() {
        ApplicationMeters.forget();
    }

    @SuppressWarnings("unchecked")
    private static Supplier<String> application(ClassLoader loader) throws ReflectiveOperationException {
        return (Supplier<String>) loader.loadClass(RegistryApplication.class.getName())
                .getDeclaredConstructor()
                .newInstance();
    }

    private String shown(Supplier<String> page) {
        meters.forward();
        return page.get();
    }

    private Gauge gauge(String name, double value) {
        return Gauge.builder(name, () -> value).baseUnit("watts").register(meters);
    }

    @Test
    void metersOfBeforeAndAfter_areInTheApplicationsRegistryWithItsTags() throws Exception {
        AtomicLong joules = new AtomicLong(7);
        FunctionCounter.builder("inferwatt.energy", joules, AtomicLong::get)
                .baseUnit("joules")
                .description("Joules of calls.")
                .tags("model", "minilm")
                .register(meters);
        application.look();
        assertThat(log).isEmpty();
        assertThat(refreshes).isZero();

        Supplier<String> page = application(woven.loader);
        application.look();
        gauge("inferwatt.power", 12.5);
        joules.set(9);

        assertThat(shown(page))
                .contains(
                        "# HELP inferwatt_energy_joules_total Joules of calls.\n",
                        "# TYPE inferwatt_energy_joules_total counter\n",
                        "inferwatt_energy_joules_total{application=\"shop\",model=\"minilm\"} 9.0\n",
                        "inferwatt_power_watts{application=\"shop\"} 12.5\n");
        application.look();
        assertThat(log).singleElement().asString().contains("global registry of Micrometer");
        assertThat(refreshes).isEqualTo(2);
        assertThat(meters.failures()).isZero();
    }

    @Test
    void whatIsRecorded_isInTheApplicationsSummaryAndTimer() throws Exception {
        Supplier<String> page = application(woven.loader);
        application.look();
        DistributionSummary energy = DistributionSummary.builder("inferwatt.request.energy")
                .baseUnit("joules")
                .serviceLevelObjectives(1, 5)
                .register(meters);
        energy.record(3);
        energy.record(0.5);
        Timer duration = Timer.builder("inferwatt.request.duration").register(meters);
        duration.record(250, TimeUnit.MILLISECONDS);

        assertThat(shown(page))
                .contains(
                        "inferwatt_request_energy_joules_bucket{application=\"shop\",le=\"1.0\"} 1\n",
                        "inferwatt_request_energy_joules_bucket{application=\"shop\",le=\"5.0\"} 2\n",
                        "inferwatt_request_energy_joules_sum{application=\"shop\"} 3.5\n",
                        "inferwatt_request_duration_seconds_count{application=\"shop\"} 1\n",
                        "inferwatt_request_duration_seconds_sum{application=\"shop\"} 0.25\n");
        assertThat(energy.count()).isEqualTo(2);
        assertThat(energy.totalAmount()).isEqualTo(3.5);
        assertThat(energy.max()).isEqualTo(3);
        assertThat(duration.count()).isEqualTo(1);
        assertThat(duration.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(250);
        assertThat(duration.max(TimeUnit.MILLISECONDS)).isEqualTo(250);
    }

    @Test
    void meterThatGoes_goesThereAsWell() throws Exception {
        Supplier<String> page = application(woven.loader);
        application.look();
        Gauge gone = gauge("inferwatt.power", 12.5);
        assertThat(shown(page)).contains("inferwatt_power_watts");
        meters.remove(gone);
        assertThat(shown(page)).doesNotContain("inferwatt_power_watts");
    }

    @Test
    void filterOfTheApplication_mayLeaveOutOrThrow() throws Exception {
        Supplier<String> page = application(woven.loader);
        application.look();
        gauge("inferwatt.unwanted", 1);
        gauge("inferwatt.refused", 1);
        gauge("inferwatt.power", 12.5);

        assertThat(shown(page)).contains("inferwatt_power_watts").doesNotContain("unwanted", "refused");
        assertThat(meters.failures()).isEqualTo(1);
    }

    @Test
    void eachApplication_hasTheMetersInItsOwnRegistry() throws Exception {
        Supplier<String> one = application(woven.loader);
        Supplier<String> other = application(woven.anotherLoader());
        application.look();
        gauge("inferwatt.power", 12.5);

        assertThat(shown(one)).contains("inferwatt_power_watts");
        assertThat(shown(other)).contains("inferwatt_power_watts");
        assertThat(log).hasSize(2);
    }

    @Test
    void applicationThatIsGone_isNotKeptAlive() throws Exception {
        DistributionSummary energy = DistributionSummary.builder("inferwatt.request.energy")
                .baseUnit("joules")
                .register(meters);
        gauge("inferwatt.power", 12.5);
        ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
        WeakReference<ClassLoader> gone = usedAndLeft(energy, collected);
        woven = null;
        Reference<?> seen = null;
        for (int i = 0; i < 100 && seen == null; i++) {
            System.gc();
            application.look();
            seen = collected.remove(50);
        }
        assertThat(seen).isSameAs(gone);
        energy.record(2);
        meters.forward();
        assertThat(meters.failures()).isZero();
    }

    /** In a method of its own, so that nothing of it is left on the stack. */
    private WeakReference<ClassLoader> usedAndLeft(DistributionSummary energy, ReferenceQueue<ClassLoader> collected)
            throws Exception {
        ClassLoader loader = woven.anotherLoader();
        Supplier<String> page = application(loader);
        application.look();
        energy.record(1);
        assertThat(shown(page)).contains("inferwatt_request_energy_joules_sum", "inferwatt_power_watts");
        return new WeakReference<>(loader, collected);
    }

    /** What makes it ready makes the application's logging ready too, at a moment that is not ours to choose. */
    @Test
    void classThatIsLoadedAndNotYetUsed_isLeftAlone() throws Exception {
        String metrics = "io.micrometer.core.instrument.Metrics";
        Class.forName(metrics, false, woven.loader);
        application.look();
        assertThat(log).isEmpty();

        Class.forName(metrics, true, woven.loader);
        application.look();
        assertThat(log).hasSize(1);
    }

    @Test
    void metersThatAFilterRefuses_areToldOfInTheLine() throws Exception {
        gauge("inferwatt.refused", 1);
        gauge("inferwatt.power", 1);
        application(woven.loader);
        application.look();
        assertThat(log).singleElement().asString().endsWith("as well, but for 1 that it refused");
    }

    @Test
    void libraryThatIsOff_isNotNoticed() throws Exception {
        woven.libraries.turnOff("micrometer");
        Supplier<String> page = application(woven.loader);
        application.look();
        gauge("inferwatt.power", 12.5);
        assertThat(shown(page)).doesNotContain("inferwatt");
        assertThat(log).isEmpty();
    }
}
