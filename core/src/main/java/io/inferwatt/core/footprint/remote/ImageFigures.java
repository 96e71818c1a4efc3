package io.inferwatt.core.footprint.remote;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Measured joules of the accelerators for one image, for the few models that were measured. Immutable. */
final class ImageFigures {

    static final String METHOD = "images-mlenergy-v3";

    /**
     * One sigma: a factor of two either way. The figures are those of the best batch and of each model's usual number of steps;
     * callers set that number between half and twice as many, and the energy goes with it.
     */
    static final double SIGMA = Math.log(2);

    private static final List<String> HEADER = List.of("model", "joules_per_image", "size", "source", "year");

    /**
     * @param pattern name of the model in lower case, a star for any text
     * @param size that was measured
     */
    record Row(String pattern, double joules, String size, String source) {}

    private final List<Row> rows;

    private ImageFigures(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    static ImageFigures embedded() {
        return new ImageFigures(CsvTable.embedded("image_models.csv", HEADER, ImageFigures::row));
    }

    private static Row row(List<String> fields) throws IOException {
        return new Row(
                fields.get(0), CsvTable.positive(fields.get(1), HEADER.get(1), 1e9), fields.get(2), fields.get(3));
    }

    List<Row> rows() {
        return new ArrayList<>(rows);
    }

    /** Returns the band, null for a model or size that was not measured; a size that is not told counts as the usual one. */
    @Nullable
    Range joulesPerImage(String model, String size) {
        String name = ModelName.base(model);
        String told = size.strip().toLowerCase(Locale.ROOT);
        for (Row row : rows) {
            if (StarPattern.matches(row.pattern(), name) && (told.isEmpty() || told.equals(row.size()))) {
                return Bands.around(row.joules(), SIGMA);
            }
        }
        return null;
    }
}
