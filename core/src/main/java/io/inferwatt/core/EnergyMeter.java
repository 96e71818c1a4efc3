package io.inferwatt.core;

import io.inferwatt.core.budget.BudgetLedger;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.Tenant;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.energy.EnergySurvey;
import io.inferwatt.core.energy.SourceContext;
import io.inferwatt.core.energy.SourceSelection;
import io.inferwatt.core.footprint.FootprintFactors;
import io.inferwatt.core.footprint.MadeHardware.Device;
import io.inferwatt.core.footprint.Training;
import io.inferwatt.core.footprint.remote.DeferredEstimates;
import io.inferwatt.core.footprint.remote.RemoteEstimates;
import io.inferwatt.core.footprint.remote.SameMachine;
import io.inferwatt.core.host.HostFacts;
import io.inferwatt.core.host.HostFactsReader;
import io.inferwatt.core.host.SampledCpuClock;
import io.inferwatt.core.host.ServingProcesses;
import io.inferwatt.core.input.SmallFile;
import io.inferwatt.core.net.Background;
import io.inferwatt.core.report.CallListener;
import io.inferwatt.core.report.CallRate;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.core.sampling.OwnThreads;
import io.inferwatt.core.sampling.SamplerThread;
import io.inferwatt.core.tenant.TenantTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A running meter: samples energy, splits it over the calls recorded in {@link Calls}, keeps the totals. One daemon
 * thread. Safe from all threads.
 */
public final class EnergyMeter implements AutoCloseable {

    private static final int LARGEST_SALT_BYTES = 64 << 10;

    private final HostFacts facts;
    private final SourceSelection sources;
    private final LocalFootprint footprint;
    private final DeferredEstimates remoteEstimates;
    private final SamplerThread sampler;
    private final OwnThreads ownThreads;
    private final TenantTable tenants;
    private final BudgetLedger budgets;
    private final Calls calls;
    private final Background background;

    private EnergyMeter(
            HostFacts facts,
            SourceSelection sources,
            LocalFootprint footprint,
            DeferredEstimates remoteEstimates,
            SamplerThread sampler,
            OwnThreads ownThreads,
            TenantTable tenants,
            BudgetLedger budgets,
            Calls calls,
            Background background) {
        this.tenants = tenants;
        this.budgets = budgets;
        this.calls = calls;
        this.background = background;
        this.facts = facts;
        this.sources = sources;
        this.footprint = footprint;
        this.remoteEstimates = remoteEstimates;
        this.sampler = sampler;
        this.ownThreads = ownThreads;
    }

    /** As {@link #start(InferwattConfig, Calls, Consumer, Consumer)}, with warnings and advice dropped. */
    public static EnergyMeter start(InferwattConfig config, Calls calls) {
        return start(config, calls, warning -> {});
    }

    /** As {@link #start(InferwattConfig, Calls, Consumer, Consumer)}, with advice dropped. */
    public static EnergyMeter start(InferwattConfig config, Calls calls, Consumer<String> warnings) {
        return start(config, calls, warnings, line -> {});
    }

    /**
     * Finds the energy sources and starts sampling. Never throws for a machine without sensors: then the power model
     * speaks, and {@link #findings} say so.
     *
     * @param calls where the calls are recorded; may hold calls from before the start
     * @param warnings receives a line for a person when something fails while running
     * @param advice receives a line for a person, a few in all: when a setting of the application would save energy, or part of a
     *     budget is used up
     */
    public static EnergyMeter start(
            InferwattConfig config, Calls calls, Consumer<String> warnings, Consumer<String> advice) {
        InferwattConfig.Energy energy = config.energy();
        HostFacts facts = HostFactsReader.read(energy.procRoot());
        SampledCpuClock hostCpu = SampledCpuClock.open(energy.procRoot(), facts.hardwareThreads());
        ServingProcesses serving = new ServingProcesses();
        SourceSelection sources =
                SourceSelection.open(energy.sources(), context(energy, facts, hostCpu, serving), warnings);
        LocalFootprint footprint = LocalFootprint.of(
                config, facts, System.getenv(), () -> LocalFootprint.devices(sources.meters()), warnings);
        FootprintFactors factors = footprint.factors();
        List<String> problems = new ArrayList<>();
        Training training = Training.of(config.training(), problems);
        TenantTable tenants =
                TenantTable.of(names(config), salt(config.tenants().saltFile(), problems));
        problems.forEach(warnings);
        DeferredEstimates remote = new DeferredEstimates(config.remote(), warnings);
        calls.computeHere(SameMachine.of(config.remote().hosts())::covers);
        OwnThreads ownThreads = new OwnThreads();
        Background background = new Background(ownThreads::add, warnings);
        BudgetLedger budgets =
                BudgetLedger.open(config, new BudgetTenants(tenants, calls), background, warnings, advice);
        calls.admitBy(budgets.mayReject() ? budgets : null);
        SamplerThread sampler = SamplerThread.start(
                config,
                calls,
                facts,
                hostCpu,
                sources,
                factors,
                tenants,
                training,
                budgets,
                remote,
                ownThreads,
                serving,
                warnings,
                advice);
        footprint.askOn(background);
        return new EnergyMeter(
                facts, sources, footprint, remote, sampler, ownThreads, tenants, budgets, calls, background);
    }

    /**
     * Looks at what can be metered here with these settings, without starting a meter. Takes a little longer than
     * {@code duration}; on the calling thread.
     */
    public static MachineSurvey survey(InferwattConfig config, Duration duration) {
        InferwattConfig.Energy energy = config.energy();
        HostFacts facts = HostFactsReader.read(energy.procRoot());
        try (SampledCpuClock hostCpu = SampledCpuClock.open(energy.procRoot(), facts.hardwareThreads())) {
            EnergySurvey survey = EnergySurvey.take(
                    energy.sources(), context(energy, facts, hostCpu, new ServingProcesses()), hostCpu, duration);
            LocalFootprint footprint = LocalFootprint.of(
                    config,
                    facts,
                    System.getenv(),
                    () -> survey.domains().stream()
                            .map(reading -> new Device(reading.domain(), reading.device()))
                            .toList(),
                    warning -> {});
            return new MachineSurvey(
                    facts,
                    survey,
                    withRemote(footprint.findings(), RemoteEstimates.of(config.remote())),
                    problems(config));
        }
    }

    /** Returns what is wrong with the settings that only a running meter reads, one line each. */
    private static List<String> problems(InferwattConfig config) {
        List<String> problems = new ArrayList<>();
        Training.of(config.training(), problems);
        salt(config.tenants().saltFile(), problems);
        problems.addAll(BudgetLedger.problems(config));
        return problems;
    }

    /** Those that are told apart in metrics, and those that have a budget. */
    private static Set<String> names(InferwattConfig config) {
        Set<String> names = new LinkedHashSet<>(config.tenants().labels());
        for (Map<String, String> budget : config.budgets().properties().values()) {
            for (String tenant : budget.getOrDefault("tenant", "*").split(";", -1)) {
                if (tenant.indexOf('*') < 0 && !tenant.isBlank()) {
                    names.add(tenant.strip());
                }
            }
        }
        return names;
    }

    private static @Nullable String salt(Optional<Path> file, List<String> problems) {
        if (file.isEmpty()) {
            return null;
        }
        try {
            String salt = SmallFile.text(file.get(), LARGEST_SALT_BYTES).strip();
            if (!salt.isEmpty()) {
                return salt;
            }
            problems.add("tenant.salt_file: " + file.get() + " is empty; hashes of tenants are new at each start");
        } catch (IOException | RuntimeException unreadable) {
            problems.add("tenant.salt_file: " + file.get() + " cannot be read (" + unreadable
                    + "); hashes of tenants are new at each start");
        }
        return null;
    }

    private static SourceContext context(
            InferwattConfig.Energy energy, HostFacts facts, SampledCpuClock hostCpu, ServingProcesses serving) {
        return new SourceContext(
                energy.sysRoot(),
                energy.procRoot(),
                powercapRoots(energy),
                energy.nvmlLibrary(),
                facts,
                hostCpu,
                energy.model(),
                energy.ceilingWatts(),
                serving);
    }

    private static List<String> withRemote(List<String> others, RemoteEstimates.Choice remote) {
        List<String> findings = new ArrayList<>(others);
        findings.addAll(remote.problems());
        findings.addAll(remote.findings());
        return findings;
    }

    /**
     * What can be metered on a machine.
     *
     * @param footprint lines for a person about grid intensity, building, hardware and remote models
     * @param problems lines for a person about budgets, tenants and training that are not as the settings should name them
     */
    public record MachineSurvey(HostFacts host, EnergySurvey energy, List<String> footprint, List<String> problems) {

        public MachineSurvey {
            footprint = List.copyOf(footprint);
            problems = List.copyOf(problems);
        }
    }

    /** The configured root alone, else the host's own tree and the places where containers mount it. */
    private static List<Path> powercapRoots(InferwattConfig.Energy energy) {
        return energy.powercapRoot()
                .map(List::of)
                .orElseGet(() -> List.of(
                        energy.sysRoot().resolve("class/powercap"),
                        Path.of("/host/sys/class/powercap"),
                        Path.of("/zeus_sys/class/powercap"),
                        Path.of("/var/scaphandre")));
    }

    /** Returns what machine is metered. */
    public HostFacts host() {
        return facts;
    }

    /** Returns what estimates the calls of remote models here, so that others say the same of a call. */
    public DeferredEstimates remoteEstimates() {
        return remoteEstimates;
    }

    /** Returns what the meter knows, at most about a second old. */
    public MeterSnapshot snapshot() {
        return sampler.snapshot();
    }

    /**
     * Returns what the calls of a model drew lately for each second of each unit, at most about a second old; null if nothing is known.
     * Waits for nobody: one volatile read.
     *
     * @param key from {@link Calls#key}
     */
    public @Nullable CallRate recentRate(int key) {
        return sampler.recentRate(key);
    }

    /** Returns lines for a person: what can be measured here, what is missing, how to get it. */
    public List<String> findings() {
        List<String> findings = new ArrayList<>(sources.findings());
        findings.addAll(footprint.findings());
        findings.addAll(budgets.findings());
        return withRemote(findings, remoteEstimates.choice());
    }

    /**
     * Adds somebody who hears of every settled call. In the first ten seconds, unless {@link #listenersAreComplete} ends them, calls
     * that settled before are told as well; there may be too many, which a warning says.
     */
    public void addListener(CallListener listener) {
        sampler.addListener(listener);
    }

    /** Tells that whoever must hear of the calls of the start has been added, so that these need not be kept any longer. */
    public void listenersAreComplete() {
        sampler.listenersAreComplete();
    }

    /** Returns who is who among tenants. */
    public TenantTable tenants() {
        return tenants;
    }

    /** Returns the limits that a team has set itself, and whether something of them is left. */
    public BudgetLedger budgets() {
        return budgets;
    }

    /** Returns the thread for what may wait for the network or a disk. */
    public Background background() {
        return background;
    }

    /** Counts a thread among those whose cost is the meter's own. */
    public void countAsOwn(Thread thread) {
        ownThreads.add(thread);
    }

    /** Settles what is finished, then stops the sampler and closes the sources. Waits at most two seconds. */
    @Override
    public void close() {
        calls.admitBy(null);
        sampler.close();
        background.close();
        budgets.close();
    }

    private record BudgetTenants(TenantTable table, Calls calls) implements BudgetLedger.Tenants {

        @Override
        public long hash(String name) {
            return table.hash(name);
        }

        @Override
        public Tenant of(long hash) {
            return table.of(hash);
        }

        @Override
        public long current() {
            return calls.currentTenant();
        }
    }
}
