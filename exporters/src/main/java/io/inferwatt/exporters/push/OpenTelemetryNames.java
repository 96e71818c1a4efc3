package io.inferwatt.exporters.push;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Units as UCUM writes them, and attributes as the semantic conventions of generative AI name them, for OpenTelemetry alone: in the
 * registry of Prometheus a unit is part of the name.
 */
final class OpenTelemetryNames implements MeterFilter {

    @Override
    public Meter.Id map(Meter.Id id) {
        List<Tag> tags = new ArrayList<>();
        for (Tag tag : id.getTagsAsIterable()) {
            tags.add(Tag.of(attribute(tag.getKey()), tag.getValue()));
        }
        return new Meter.Id(id.getName(), Tags.of(tags), unit(id.getBaseUnit()), id.getDescription(), id.getType());
    }

    private static String attribute(String label) {
        return switch (label) {
            case "model" -> "gen_ai.request.model";
            case "operation" -> "gen_ai.operation.name";
            default -> label;
        };
    }

    /** @see <a href="https://ucum.org/ucum">UCUM</a> */
    private static @Nullable String unit(@Nullable String unit) {
        if (unit == null) {
            return null;
        }
        return switch (unit) {
            case "joules" -> "J";
            case "grams" -> "g";
            case "watts" -> "W";
            case "seconds" -> "s";
            case "liters" -> "L";
            case "bytes" -> "By";
            case "ratio" -> "1";
            case "grams_per_kwh" -> "g/(kW.h)";
            case "liters_per_kwh" -> "L/(kW.h)";
            default -> unit;
        };
    }
}
