package io.inferwatt.exporters.report;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;

/** How figures become JSON everywhere: members {@code like_this}, a figure that is not known is null, whole numbers without fraction. */
public final class FigureJson {

    private FigureJson() {}

    public static GsonBuilder builder() {
        return new GsonBuilder()
                .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
                .registerTypeAdapter(double.class, new Figure())
                .registerTypeAdapter(Double.class, new Figure())
                .serializeNulls();
    }

    /** A number that is none is null. */
    private static final class Figure extends TypeAdapter<Double> {

        @Override
        public void write(JsonWriter out, Double value) throws IOException {
            double number = value;
            if (!Double.isFinite(number)) {
                out.nullValue();
            } else if (number == Math.rint(number) && Math.abs(number) < 1e15) {
                out.value((long) number);
            } else {
                out.value(number);
            }
        }

        @Override
        public Double read(JsonReader in) throws IOException {
            if (in.peek() == JsonToken.NULL) {
                in.nextNull();
                return Double.NaN;
            }
            return in.nextDouble();
        }
    }
}
