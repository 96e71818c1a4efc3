package io.inferwatt.core.footprint;

import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.footprint.GridIntensityTable.Row;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Chooses the grid intensity: the figure in the settings, else the country's, else the world average, never silently. */
public final class CarbonIntensitySources {

    /** Yearly figures appear within months; one that old has at least one successor. */
    private static final int STALE_AFTER_MONTHS = 24;

    private static final String HOW_TO_SET =
            "set carbon.zone to the country this machine runs in, for instance KR, or carbon.intensity to grams per kWh";

    /**
     * What was chosen.
     *
     * @param findings lines for a person: which figure is in force, from whom, of which year, and what is doubtful
     */
    public record Choice(CarbonIntensitySource source, List<String> findings) {

        public Choice {
            findings = List.copyOf(findings);
        }
    }

    private CarbonIntensitySources() {}

    /**
     * Chooses by the settings. Reads the embedded table only if no figure is configured; throws
     * {@link IllegalStateException} if that table is missing or damaged, that is, if the jar is broken.
     */
    public static Choice of(InferwattConfig.Carbon carbon) {
        return of(carbon, Clock.systemUTC());
    }

    /** As {@link #of(InferwattConfig.Carbon)}, with a clock that tells how old a figure is. */
    public static Choice of(InferwattConfig.Carbon carbon, Clock clock) {
        String zone = carbon.zone().orElse(null);
        if (carbon.intensityGramsPerKwh().isPresent()) {
            return configured(carbon.intensityGramsPerKwh().getAsDouble(), zone);
        }
        GridIntensityTable table = GridIntensityTable.embedded();
        List<String> findings = new ArrayList<>();
        Row row = zone == null ? null : rowOf(zone, table, findings);
        if (zone == null) {
            findings.add(
                    "carbon.zone is not set and no cloud region is known: the world average is used; " + HOW_TO_SET);
        } else if (row == null) {
            findings.add("carbon.zone: '" + zone + "' is not in the table of countries: the world average is used; "
                    + "allowed: ISO 3166 codes or names of countries, states of the USA such as US-VA, EUU (European Union), EUR (Europe), "
                    + "WOR (world); "
                    + HOW_TO_SET);
        }
        CarbonIntensity intensity = CountryGrids.intensity(row == null ? table.world() : row, table);
        findings.add("grid carbon intensity: " + intensity.gramsPerKwh() + " g CO2e/kWh, zone " + intensity.zone()
                + ", year " + intensity.year().getAsInt() + "; " + intensity.citation());
        addAge(intensity, clock, findings);
        return new Choice(new FixedIntensity(intensity), findings);
    }

    private static Choice configured(double gramsPerKwh, @Nullable String zone) {
        CarbonIntensity intensity = new CarbonIntensity(
                gramsPerKwh,
                zone == null ? "configured" : zone,
                "configured",
                "carbon.intensity of the settings",
                OptionalInt.empty());
        return new Choice(
                new FixedIntensity(intensity),
                List.of("grid carbon intensity: " + gramsPerKwh + " g CO2e/kWh as configured by carbon.intensity"));
    }

    /** Falls back from a part of a country such as {@code US-CAL-CISO} to the country. */
    private static @Nullable Row rowOf(String zone, GridIntensityTable table, List<String> findings) {
        Row row = table.find(zone);
        if (row == null && zone.indexOf('-') == 2) {
            row = table.find(zone.substring(0, 2));
            if (row != null) {
                findings.add("carbon.zone: the table does not have this part of a country; '" + zone
                        + "' gets the figure of " + row.name()
                        + ", which may be far off; set carbon.intensity for a better one");
            }
        }
        return row;
    }

    private static void addAge(CarbonIntensity intensity, Clock clock, List<String> findings) {
        int year = intensity.year().orElseThrow();
        LocalDate staleFrom = LocalDate.of(year, 12, 31).plusMonths(STALE_AFTER_MONTHS);
        if (LocalDate.now(clock).isAfter(staleFrom)) {
            findings.add("grid carbon intensity: the figure of zone " + intensity.zone() + " describes " + year
                    + ", more than " + STALE_AFTER_MONTHS + " months ago; update Inferwatt or set carbon.intensity");
        }
    }
}
