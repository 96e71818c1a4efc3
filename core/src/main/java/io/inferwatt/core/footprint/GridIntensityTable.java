package io.inferwatt.core.footprint;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Yearly mean carbon intensity of electricity by country: life cycle, production mix. Immutable. */
final class GridIntensityTable {

    /** The line that the licence of the figures asks for. */
    static final String ATTRIBUTION =
            "Electricity carbon intensity: Ember, Yearly Electricity Data (2026), CC BY 4.0, ember-energy.org";

    private static final String RESOURCE = "country_intensity.csv";
    private static final List<String> HEADER = List.of("iso2", "iso3", "name", "gco2_per_kwh", "year", "source");

    /** What people write although ISO 3166 or the table has another word. Not the JDK's names: they change with it. */
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("uk", "gb"),
            Map.entry("el", "gr"),
            Map.entry("eu", "euu"),
            Map.entry("world", "wor"),
            Map.entry("turkey", "tr"),
            Map.entry("turkiye", "tr"),
            Map.entry("côte d'ivoire", "ci"),
            Map.entry("réunion", "re"),
            Map.entry("são tomé and príncipe", "st"),
            Map.entry("vietnam", "vn"),
            Map.entry("laos", "la"),
            Map.entry("brunei", "bn"),
            Map.entry("cape verde", "cv"),
            Map.entry("bosnia and herzegovina", "ba"));

    /**
     * One country or group of countries.
     *
     * @param iso2 ISO 3166-1 alpha-2, empty for a group
     * @param iso3 ISO 3166-1 alpha-3, or {@code WOR}, {@code EUU}, {@code EUR}
     * @param gramsPerKwh grams of CO2e per kWh generated
     * @param year year that the figure describes
     * @param source publication of this figure and the copy that was read
     */
    record Row(String iso2, String iso3, String name, double gramsPerKwh, int year, String source) {

        String code() {
            return iso2.isEmpty() ? iso3 : iso2;
        }
    }

    private final List<Row> rows;
    private final Map<String, Row> rowsByKey;
    private final Row world;

    private GridIntensityTable(List<Row> rows) throws IOException {
        this.rows = List.copyOf(rows);
        this.rowsByKey = byKey(rows);
        Row average = rowsByKey.get("wor");
        if (average == null) {
            throw new IOException("no row WOR");
        }
        this.world = average;
    }

    /** Reads the table that comes with this library; throws {@link IllegalStateException} where it is damaged. */
    static GridIntensityTable embedded() {
        try (InputStream in = GridIntensityTable.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the table of grid intensities, " + RESOURCE + ", is not in the jar");
            }
            return read(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("the table of grid intensities, " + RESOURCE + ", is damaged", e);
        }
    }

    /** Throws {@link IOException} on the first row that is not as it must be, and closes nothing. */
    static GridIntensityTable read(Reader reader) throws IOException {
        List<List<String>> records = CsvRecords.read(new BufferedReader(reader));
        if (records.isEmpty() || !records.get(0).equals(HEADER)) {
            throw new IOException("the header is not " + String.join(",", HEADER));
        }
        List<Row> rows = new ArrayList<>();
        for (List<String> fields : records.subList(1, records.size())) {
            rows.add(row(fields));
        }
        return new GridIntensityTable(rows);
    }

    List<Row> rows() {
        return rows;
    }

    Row world() {
        return world;
    }

    /** Returns the row of a code or name in any case, null if there is none. */
    @Nullable
    Row find(String zone) {
        String key = ZoneNames.comparable(zone);
        return rowsByKey.get(ALIASES.getOrDefault(key, key));
    }

    private static boolean isCode(String text, int length) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < 'A' || text.charAt(i) > 'Z') {
                return false;
            }
        }
        return text.length() == length;
    }

    private static Row row(List<String> fields) throws IOException {
        try {
            double gramsPerKwh = Double.parseDouble(fields.get(3));
            if (!(gramsPerKwh > 0) || Double.isInfinite(gramsPerKwh)) {
                throw new IOException("no grid has an intensity of " + gramsPerKwh + " g/kWh: " + fields);
            }
            boolean group = fields.get(0).isEmpty();
            if (!(group || isCode(fields.get(0), 2)) || !isCode(fields.get(1), 3)) {
                throw new IOException("no ISO 3166 codes in " + fields);
            }
            return new Row(
                    fields.get(0),
                    fields.get(1),
                    fields.get(2),
                    gramsPerKwh,
                    Integer.parseInt(fields.get(4)),
                    fields.get(5));
        } catch (NumberFormatException e) {
            throw new IOException("not a number in " + fields, e);
        }
    }

    /** Codes and whole names come first; a shortened name counts only if it means one row, as "Virgin Islands" does not. */
    private static Map<String, Row> byKey(List<Row> rows) throws IOException {
        Map<String, Row> byKey = new HashMap<>();
        for (Row row : rows) {
            Set<String> keys = new HashSet<>();
            keys.add(ZoneNames.comparable(row.code()));
            keys.add(ZoneNames.comparable(row.iso3()));
            keys.add(ZoneNames.comparable(row.name()));
            for (String key : keys) {
                if (key.isEmpty() || byKey.put(key, row) != null) {
                    throw new IOException("code or name '" + key + "' is empty or stands for two rows: " + row);
                }
            }
        }
        Map<String, Row> shortened = new HashMap<>();
        Set<String> ambiguous = new HashSet<>();
        for (Row row : rows) {
            String key = ZoneNames.shortened(row.name());
            if (shortened.put(key, row) != null) {
                ambiguous.add(key);
            }
        }
        shortened.keySet().removeAll(ambiguous);
        shortened.forEach(byKey::putIfAbsent);
        return byKey;
    }
}
