package io.inferwatt.core.footprint.site;

import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.footprint.CarbonIntensity;
import io.inferwatt.core.footprint.CarbonIntensitySource;
import io.inferwatt.core.footprint.Facility;
import io.inferwatt.core.footprint.remote.CloudRegions.Region;
import io.inferwatt.core.footprint.site.FoundRegion.By;
import io.inferwatt.core.host.HostFacts;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The place of this machine as known by now: the grid by the tables, the building, the water. It asks nobody; who finds the region
 * later tells it with {@link #found}. Safe from all threads.
 */
public final class Site implements CarbonIntensitySource {

    private final InferwattConfig.Carbon carbon;
    private final InferwattConfig.Facility settings;
    private final HostFacts facts;
    private final Clock clock;
    private final PlaceTables tables = new PlaceTables();
    private final RegionSetting setting;
    private volatile State state;

    private record State(CarbonIntensity grid, Facility facility, List<String> ofGrid, List<String> ofBuilding) {}

    private Site(
            InferwattConfig.Carbon carbon,
            InferwattConfig.Facility settings,
            HostFacts facts,
            Map<String, String> environment,
            Clock clock) {
        this.carbon = carbon;
        this.settings = settings;
        this.facts = facts;
        this.clock = clock;
        this.setting = RegionSetting.read(carbon.region(), environment, tables);
        List<String> first = new ArrayList<>(setting.findings());
        if (setting.asksMetadata()) {
            first.add(
                    "region: this machine's metadata address is asked, as carbon.region=metadata says; until it answers "
                            + "the following is in force");
        }
        this.state = state(setting.found(), first);
    }

    /**
     * Reads settings and environment. Throws {@link IllegalStateException} where the embedded tables are damaged, that is, where the
     * jar is broken.
     */
    public static Site of(
            InferwattConfig.Carbon carbon,
            InferwattConfig.Facility settings,
            HostFacts facts,
            Map<String, String> environment) {
        return of(carbon, settings, facts, environment, Clock.systemUTC());
    }

    static Site of(
            InferwattConfig.Carbon carbon,
            InferwattConfig.Facility settings,
            HostFacts facts,
            Map<String, String> environment,
            Clock clock) {
        return new Site(carbon, settings, facts, environment, clock);
    }

    private State state(@Nullable FoundRegion region, List<String> first) {
        GridChoice grid = GridChoice.of(carbon, region, tables, clock);
        FacilityChoice facility = FacilityChoice.of(settings, region, grid, tables, facts);
        List<String> ofGrid = new ArrayList<>(first);
        ofGrid.addAll(grid.findings());
        return new State(grid.intensity(), facility.facility(), List.copyOf(ofGrid), facility.findings());
    }

    /** Returns whether the settings want the cloud's metadata address asked. */
    public boolean asksMetadata() {
        return setting.asksMetadata();
    }

    /**
     * Takes the region that the cloud itself has told.
     *
     * @return whether the table has it; else nothing changes but a finding
     */
    public synchronized boolean found(String cloud, String name) {
        Region region = tables.clouds().find(cloud, name);
        if (region == null) {
            state = state(
                    setting.found(),
                    List.of("region: the table has no region '" + RegionSetting.shown(name) + "' of " + cloud
                            + ", which this machine's metadata names; set carbon.zone to its country"));
            return false;
        }
        FoundRegion known = new FoundRegion(region, By.METADATA, "this machine's metadata");
        state = state(
                known,
                List.of("region: " + known.name() + ", told by this machine's metadata at "
                        + clock.instant().truncatedTo(ChronoUnit.SECONDS)
                        + "; grams and litres of before are with the figures that were in force then, and the PUE and the mean"
                        + " intensity in a report hold from that moment on"));
        return true;
    }

    /** Returns the figure of the tables or the settings. */
    @Override
    public CarbonIntensity current() {
        return state.grid();
    }

    public Facility facility() {
        return state.facility();
    }

    /** Returns a line for a person if {@code carbon.region} is not allowed, else an empty text. */
    public String problem() {
        return setting.problem();
    }

    /** Returns lines for a person about the grid: what is in force, from whom, of which year, and why. */
    public List<String> gridFindings() {
        return state.ofGrid();
    }

    /** Returns the same about the building and its water. */
    public List<String> buildingFindings() {
        return state.ofBuilding();
    }
}
