package io.inferwatt.core.footprint.remote;

import io.inferwatt.core.footprint.remote.ModelSize.Origin;
import io.inferwatt.core.input.Bounded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sizes of models by name and by pattern. Of several rows of one name the last counts. Immutable. */
final class ModelTable {

    static final List<String> HEADER = List.of(
            "model",
            "active_params_b_min",
            "active_params_b_max",
            "total_params_b_min",
            "total_params_b_max",
            "arch",
            "modality",
            "precision",
            "source",
            "year");

    private static final double MAX_BILLIONS = 100_000;

    private final List<ModelSize> rows;
    private final Map<String, ModelSize> rowsByName = new HashMap<>();
    private final Map<String, ModelSize> rowsByShortName = new HashMap<>();
    private final List<ModelSize> patterns = new ArrayList<>();

    ModelTable(List<ModelSize> rows) {
        this.rows = List.copyOf(rows);
        for (ModelSize row : rows) {
            if (isPattern(row)) {
                patterns.add(row);
            } else {
                rowsByName.put(row.model(), row);
                rowsByName.put(ModelName.base(row.model()), row);
            }
        }
        // The one that says most of the name comes first.
        patterns.sort(
                Comparator.comparingInt((ModelSize row) -> row.model().length()).reversed());
        indexShortNames();
    }

    /** Reads the tables that come with this library; throws {@link IllegalStateException} where one is damaged. */
    static ModelTable embedded() {
        List<ModelSize> rows = new ArrayList<>(CsvTable.embedded("models_ecologits.csv", HEADER, ModelTable::row));
        rows.addAll(CsvTable.embedded("models.csv", HEADER, ModelTable::row));
        return new ModelTable(rows);
    }

    /** Makes a size of the fields of a row; throws {@link IOException}, whose message names the column that is wrong. */
    static ModelSize row(List<String> fields) throws IOException {
        String model = Bounded.lowerCase(fields.get(0), ModelName.MAX_LENGTH + 1);
        if (model.isEmpty() || model.length() > ModelName.MAX_LENGTH) {
            throw new IOException("model is empty or longer than " + ModelName.MAX_LENGTH + " characters");
        }
        double[] billions = new double[4];
        for (int i = 0; i < billions.length; i++) {
            billions[i] = CsvTable.positive(fields.get(i + 1), HEADER.get(i + 1), MAX_BILLIONS);
        }
        if (billions[0] > billions[1] || billions[2] > billions[3] || billions[1] > billions[3]) {
            throw new IOException("a minimum is above its maximum, or more parameters are active than there are");
        }
        boolean dense = fields.get(5).equals("dense");
        if (!dense && !fields.get(5).equals("moe")) {
            throw new IOException("arch is '" + Entries.shown(fields.get(5)) + "'; allowed: dense or moe");
        }
        String told = fields.get(7).strip();
        Precision precision = told.isEmpty() ? Precision.ofName(model) : Precision.ofLabel(told);
        if (precision == null) {
            throw new IOException(
                    "precision is '" + Entries.shown(told) + "'; allowed: 16, fp8, mxfp4, unknown or nothing");
        }
        String source = fields.get(8).strip();
        return new ModelSize(
                model, billions[0], billions[1], billions[2], billions[3], dense, precision, origin(source), source);
    }

    /** The tables say so in words: an estimate of a size that is not disclosed, or the name that states it. */
    private static Origin origin(String source) {
        if (source.startsWith("the name of the model")) {
            return Origin.NAME;
        }
        return source.contains("estimate") ? Origin.ESTIMATED : Origin.PUBLISHED;
    }

    List<ModelSize> rows() {
        return rows;
    }

    /** Returns the row of a name in lower case: of exactly that name, else of the longest pattern that fits; null if none. */
    @Nullable
    ModelSize find(String name) {
        ModelSize exact = rowsByName.get(name);
        if (exact != null) {
            return exact;
        }
        for (ModelSize row : patterns) {
            if (StarPattern.matches(row.model(), name)) {
                return row;
            }
        }
        return null;
    }

    /** Returns the row whose name is this one with a date or version behind it, null if there is none or they differ. */
    @Nullable
    ModelSize findUndated(String name) {
        return rowsByShortName.get(name);
    }

    static boolean isPattern(ModelSize row) {
        return row.model().indexOf('*') >= 0;
    }

    private void indexShortNames() {
        Set<String> ambiguous = new HashSet<>();
        rowsByName.forEach((base, row) -> {
            for (String name : ModelName.candidates(base)) {
                ModelSize other = rowsByShortName.putIfAbsent(name, row);
                if (other != null && !other.sameFigures(row)) {
                    ambiguous.add(name);
                }
            }
        });
        rowsByShortName.keySet().removeAll(ambiguous);
    }
}
