package io.inferwatt.agent.start;

import io.inferwatt.agent.application.ApplicationMeters;
import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.RemoteCalls;
import io.inferwatt.agent.log.AgentLog;
import io.inferwatt.agent.tenant.TenantSources;
import io.inferwatt.agent.tenant.ThreadTenant;
import io.inferwatt.core.EnergyMeter;
import io.inferwatt.core.budget.BudgetLedger;
import io.inferwatt.core.config.ConfigLoader;
import io.inferwatt.core.config.ConfigLoader.Loaded;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.footprint.CarbonIntensity;
import io.inferwatt.core.report.MeterSnapshot.DomainTotals;
import io.inferwatt.exporters.AgentFigures;
import io.inferwatt.exporters.MetricsExporter;
import io.inferwatt.exporters.PrivateRegistry;
import io.inferwatt.exporters.PushCounts;
import io.inferwatt.exporters.application.ForwardingRegistry;
import io.inferwatt.exporters.micrometer.InferenceEnergyMetrics;
import io.inferwatt.exporters.micrometer.MicrometerLog;
import io.inferwatt.exporters.push.PushExporters;
import io.inferwatt.exporters.records.RecordsExporter;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Everything behind the recorded calls: settings, the meter, the exporters, and their end. Used by the init thread alone. */
final class Metering {

    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final @Nullable String arguments;
    private final Recording recording;
    private final Function<Boolean, ShutdownHook> hooks;
    private @Nullable ShutdownHook hook;

    Metering(@Nullable String arguments, Recording recording) {
        this(arguments, recording, ShutdownHook::register);
    }

    /** @param hooks registers a hook, told whether figures are pushed */
    Metering(@Nullable String arguments, Recording recording, Function<Boolean, ShutdownHook> hooks) {
        this.arguments = arguments;
        this.recording = recording;
        this.hooks = hooks;
    }

    void start() {
        Loaded loaded = ConfigLoader.load(arguments, HostSettings.systemProperties(), System.getenv());
        InferwattConfig config = loaded.config();
        AgentLog.configure(config.log());
        for (String problem : loaded.problems()) {
            AgentLog.warn(problem);
        }
        for (String problem : recording.problems()) {
            AgentLog.warn(problem);
        }
        if (!config.enabled()) {
            recording.turnOff();
            return;
        }
        List<PushCounts> pushed = PushExporters.counts(config.exports());
        ShutdownHook end = hooks.apply(!pushed.isEmpty());
        hook = end;
        turnOff(config.instrumentations());
        MicrometerLog.sendTo(AgentLog::warn);
        EnergyMeter meter = EnergyMeter.start(config, recording.calls(), AgentLog::warn, AgentLog::info);
        meter.countAsOwn(Thread.currentThread());
        TenantSources tenants = new TenantSources(meter.tenants(), config.tenants());
        ThreadTenant.whenUsed(() -> recording.calls().tenants(tenants));
        if (tenants.areSet()) {
            recording.calls().tenants(tenants);
        }
        recording.questions().askOf(meter.budgets());
        LibraryCalls.rateBy(meter::recentRate);
        RemoteCalls.estimateWith(new MeteredEstimates(meter.remoteEstimates()));
        warnOfUnknownZone(config.carbon(), meter.snapshot().intensity());
        Optional<RecordsExporter> records = RecordsExporter.start(meter, config, AgentLog::warn);
        Optional<ForwardingRegistry> application =
                config.exports().application() ? Optional.of(new ForwardingRegistry()) : Optional.empty();
        AgentFigures agent = agent(meter, records, application).with(pushed);
        PrivateRegistry registry = PrivateRegistry.of(meter, config, agent);
        MetricsExporter exporter =
                MetricsExporter.start(meter, registry, config, agent, AgentLog::warn, AgentLog::info);
        PushExporters pushes = PushExporters.start(meter, registry, config, agent, AgentLog::warn, AgentLog::info);
        application.ifPresent(meters -> putInto(meters, meter, config, agent));
        meter.listenersAreComplete();
        if (end.closeAtTheEnd(exporter, pushes, records, meter)) {
            AgentLog.info(startLine(meter, exporter));
        }
    }

    private static void warnOfUnknownZone(InferwattConfig.Carbon carbon, CarbonIntensity intensity) {
        if (!carbon.source().equals(InferwattConfig.Carbon.TABLE)) {
            return; // its zones are in the words of that source
        }
        carbon.zone()
                .filter(zone -> intensity.isWorldAverage() && !zone.equalsIgnoreCase(CarbonIntensity.WORLD))
                .ifPresent(zone ->
                        AgentLog.warn("carbon.zone=" + zone + ": no such zone in the table; allowed: a country as"
                                + " ISO 3166 code or name, a state of the USA such as US-VA, EUU, EUR, WOR; the world average of "
                                + Math.round(intensity.gramsPerKwh()) + " g/kWh is used"));
    }

    /** Lets nobody record any more, since nobody will read it, and the JVM end without waiting for a start. */
    void giveUp() {
        recording.turnOff();
        ShutdownHook registered = hook;
        if (registered != null) {
            registered.nothingStarts();
        }
    }

    /** With metrics of its own, refreshed in a rhythm, since nobody tells when the application reads its registry. */
    private static void putInto(
            ForwardingRegistry meters, EnergyMeter meter, InferwattConfig config, AgentFigures agent) {
        InferenceEnergyMetrics metrics = InferenceEnergyMetrics.of(meter, config, agent);
        metrics.bindTo(meters);
        new ApplicationMeters(meters, metrics::refresh, AgentLog::info).start(meter::countAsOwn);
    }

    private AgentFigures agent(
            EnergyMeter meter, Optional<RecordsExporter> records, Optional<ForwardingRegistry> application) {
        Map<String, LongSupplier> failures = exportFailures(meter.budgets());
        records.ifPresent(exporter -> failures.put("records", exporter::lost));
        application.ifPresent(registry -> failures.put("application", registry::failures));
        return new AgentFigures(AgentVersion.current(), meter.host().hostName(), recording.errors()::total, failures);
    }

    private static Map<String, LongSupplier> exportFailures(BudgetLedger budgets) {
        Map<String, LongSupplier> failures = new HashMap<>();
        if (!budgets.isEmpty()) {
            failures.put("budget_state", budgets::stateFailures);
        }
        if (budgets.hasWebhook()) {
            failures.put("budget_webhook", budgets::webhookFailures);
        }
        return failures;
    }

    private void turnOff(Map<String, Boolean> instrumentations) {
        for (Map.Entry<String, Boolean> library : instrumentations.entrySet()) {
            if (!library.getValue() && !recording.libraries().turnOff(library.getKey())) {
                AgentLog.warn("instrumentation." + library.getKey() + ".enabled: there is no such library; allowed: "
                        + String.join(", ", recording.libraries().names()) + "; the setting is ignored");
            }
        }
    }

    private static String startLine(EnergyMeter meter, MetricsExporter exporter) {
        Set<String> sources = sources(meter);
        Optional<URI> address = exporter.address();
        return AgentVersion.current() + " is metering, energy from "
                + (sources.isEmpty() ? "no source" : String.join(", ", sources))
                + ", CO2e " + carbon(meter.snapshot().intensity())
                + (address.isPresent() ? ", metrics at " + address.get().resolve("/metrics") : ", no endpoint");
    }

    private static String carbon(CarbonIntensity intensity) {
        return intensity.isWorldAverage()
                ? "with the world average"
                : "at " + Math.round(intensity.gramsPerKwh()) + " g/kWh (" + intensity.zone() + live(intensity) + ")";
    }

    /** A figure that was asked for changes, so the line says whose it is. */
    private static String live(CarbonIntensity intensity) {
        CarbonIntensity.Feed feed = intensity.feed();
        return feed != null && feed.source().equals(intensity.source()) ? ", " + intensity.source() : "";
    }

    /** The meter knows its sources after its first ticks, so the line that names them waits for those. */
    private static Set<String> sources(EnergyMeter meter) {
        Set<String> sources = new TreeSet<>();
        long begin = System.nanoTime();
        while (sources.isEmpty() && System.nanoTime() - begin < LONGEST_WAIT_NANOS) {
            LockSupport.parkNanos(LOOK_NANOS);
            for (DomainTotals domain : meter.snapshot().domains()) {
                if (domain.speaking()) {
                    sources.add(domain.source());
                }
            }
        }
        return sources;
    }
}
