package io.inferwatt.core.footprint;

import io.inferwatt.core.footprint.GridIntensityTable.Row;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Yearly mean grid intensity of countries, for energy drawn elsewhere than on this machine. Immutable. */
public final class CountryGrids {

    private final GridIntensityTable table;

    private CountryGrids(GridIntensityTable table) {
        this.table = table;
    }

    /** Reads the table that comes with this library; throws {@link IllegalStateException} where it is damaged. */
    public static CountryGrids embedded() {
        return new CountryGrids(GridIntensityTable.embedded());
    }

    /**
     * Returns the figure of a country or group of countries, null if the table has none.
     *
     * @param zone code or name in any case, as for {@code carbon.zone}
     */
    public @Nullable CarbonIntensity find(String zone) {
        Row row = table.find(zone);
        return row == null ? null : intensity(row, table);
    }

    /** Returns the mean of the world. */
    public CarbonIntensity world() {
        return intensity(table.world(), table);
    }

    static CarbonIntensity intensity(Row row, GridIntensityTable table) {
        boolean world = row.iso3().equals(table.world().iso3());
        return new CarbonIntensity(
                row.gramsPerKwh(),
                world ? "world" : row.code(),
                world ? CarbonIntensity.WORLD_AVERAGE : "table",
                GridIntensityTable.ATTRIBUTION + "; this row: " + row.source(),
                OptionalInt.of(row.year()));
    }
}
