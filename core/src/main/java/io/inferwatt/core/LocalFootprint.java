package io.inferwatt.core;

import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.energy.DomainMeter;
import io.inferwatt.core.footprint.CarbonIntensitySource;
import io.inferwatt.core.footprint.FootprintFactors;
import io.inferwatt.core.footprint.MadeHardware;
import io.inferwatt.core.footprint.MadeHardware.Device;
import io.inferwatt.core.footprint.live.LiveIntensity;
import io.inferwatt.core.footprint.live.LiveSources;
import io.inferwatt.core.footprint.live.MetadataSearch;
import io.inferwatt.core.footprint.site.Site;
import io.inferwatt.core.host.HostFacts;
import io.inferwatt.core.net.Background;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Assembles what turns the joules of this machine into grams and litres, and who is asked about it. Safe from all threads. */
final class LocalFootprint {

    private final Site site;
    private final LiveSources.Choice live;
    private final MadeHardware hardware;
    private final FootprintFactors factors;
    private final Consumer<String> warnings;

    private LocalFootprint(
            Site site,
            LiveSources.Choice live,
            MadeHardware hardware,
            double marketGramsPerKwh,
            Consumer<String> warnings) {
        this.site = site;
        this.live = live;
        this.hardware = hardware;
        this.warnings = warnings;
        @Nullable LiveIntensity asked = live.live();
        CarbonIntensitySource grid = asked == null ? site : asked;
        this.factors = new FootprintFactors(grid, site::facility, hardware, marketGramsPerKwh);
    }

    /**
     * Reads settings and environment; asks nobody.
     *
     * @param devices those that are metered at a moment
     * @param warnings receives lines for a person while running
     */
    static LocalFootprint of(
            InferwattConfig config,
            HostFacts facts,
            Map<String, String> environment,
            Supplier<List<Device>> devices,
            Consumer<String> warnings) {
        InferwattConfig.Carbon carbon = LiveSources.placed(config.carbon());
        Site site = Site.of(carbon, config.facility(), facts, environment);
        return new LocalFootprint(
                site,
                LiveSources.of(carbon, site, environment, warnings),
                new MadeHardware(config.embodied(), facts, devices),
                carbon.marketGramsPerKwh().orElse(Double.NaN),
                warnings);
    }

    /** Returns what is metered, by its maker's name. */
    static List<Device> devices(List<DomainMeter> meters) {
        List<Device> devices = new ArrayList<>(meters.size());
        for (DomainMeter meter : meters) {
            if (meter.speaking()) {
                devices.add(new Device(meter.domain(), meter.device()));
            }
        }
        return devices;
    }

    FootprintFactors factors() {
        return factors;
    }

    /** Begins to ask those whom the settings name. Does not wait. */
    void askOn(Background background) {
        live.findings().forEach(warnings);
        if (!site.problem().isEmpty()) {
            warnings.accept(site.problem());
        }
        LiveIntensity asked = live.live();
        if (asked != null) {
            background.again("carbon.source", asked::refresh);
        }
        if (site.asksMetadata()) {
            look(new MetadataSearch(site, warnings), background, Duration.ZERO);
        }
    }

    private static void look(MetadataSearch search, Background background, Duration after) {
        background.once("carbon.region", after, () -> {
            Optional<Duration> again = search.look();
            again.ifPresent(pause -> look(search, background, pause));
        });
    }

    /** Returns lines for a person: what is in force, from whom, of which year, and why. */
    List<String> findings() {
        List<String> findings = new ArrayList<>(live.findings());
        LiveIntensity asked = live.live();
        if (asked != null) {
            findings.addAll(asked.findings());
        }
        for (String line : site.gridFindings()) {
            findings.add(asked == null ? line : "while it tells none: " + line);
        }
        findings.addAll(site.buildingFindings());
        findings.addAll(hardware.findings());
        return findings;
    }
}
