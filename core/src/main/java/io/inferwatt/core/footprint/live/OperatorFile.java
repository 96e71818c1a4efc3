package io.inferwatt.core.footprint.live;

import com.google.gson.JsonObject;
import io.inferwatt.core.footprint.live.FeedException.Kind;
import io.inferwatt.core.input.OneLine;
import io.inferwatt.core.input.SmallFile;
import io.inferwatt.core.net.HttpRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A file, or a page at a URL, that an operator keeps: a plain number of grams per kWh, or an object with {@code gramsPerKwh} and, where
 * wanted, {@code zone}, {@code validFrom} and {@code validUntil} (ISO 8601 with an offset) and {@code citation}.
 */
public final class OperatorFile implements IntensityFeed {

    private static final String ID = "file";
    private static final int LARGEST_BYTES = 65_536;

    /** As in the setting. */
    private static final int LONGEST_ZONE = 60;

    private final Clock clock;

    public OperatorFile() {
        this(Clock.systemUTC());
    }

    OperatorFile(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Asked open(Settings settings) throws FeedException {
        String url = settings.url()
                .orElseThrow(() -> new FeedException(
                        Kind.SETTINGS, "carbon.url is not set; set it to the path or URL of the file"));
        String zone = settings.zone().orElse("");
        if (url.contains("://")) {
            Endpoint endpoint = new Endpoint(Endpoint.uri(url));
            URI page = URI.create(url);
            return new Page(endpoint.where(), zone, clock, () -> endpoint.body(HttpRequest.get(page)));
        }
        try {
            Path path = Path.of(url);
            return new Page(path.toString(), zone, clock, () -> read(path));
        } catch (InvalidPathException e) {
            throw new FeedException(Kind.SETTINGS, "carbon.url is neither a path nor a URL with http or https");
        }
    }

    private static String read(Path path) throws FeedException {
        try {
            if (Files.size(path) > LARGEST_BYTES) {
                throw new FeedException(Kind.IMPLAUSIBLE, "the file is larger than " + LARGEST_BYTES + " bytes");
            }
            return SmallFile.text(path, LARGEST_BYTES);
        } catch (IOException | SecurityException e) {
            throw new FeedException(
                    Kind.UNAVAILABLE, path + " cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    @FunctionalInterface
    private interface Reader {

        String read() throws IOException, FeedException;
    }

    private record Page(String where, String zone, Clock clock, Reader reader) implements Asked {

        @Override
        public Told ask() throws IOException, FeedException {
            String text = reader.read().strip();
            if (!text.startsWith("{")) {
                return told(plainNumber(text), zone, "");
            }
            JsonObject object = Endpoint.object(text, where);
            double gramsPerKwh = Endpoint.number(object, "gramsPerKwh");
            String told = object.has("zone") ? Endpoint.text(object, "zone").strip() : "";
            if (!OneLine.of(told, LONGEST_ZONE).equals(told)) {
                throw new FeedException(
                        Kind.IMPLAUSIBLE, "zone is no name of at most " + LONGEST_ZONE + " characters in one line");
            }
            if (!zone.isEmpty() && !told.isEmpty()) {
                Endpoint.expect("zone", zone, told);
            }
            Instant begin = time(object, "validFrom");
            if (begin != null && begin.isAfter(clock.instant())) {
                throw new FeedException(Kind.NOT_YET, "its figure holds from " + begin + " on");
            }
            Instant end = time(object, "validUntil");
            if (end != null && !end.isAfter(clock.instant())) {
                throw new FeedException(Kind.UNAVAILABLE, where + " has a figure that held until " + end);
            }
            return told(gramsPerKwh, told.isEmpty() ? zone : told, Endpoint.remark(object, "citation"));
        }

        /** Of no time: the operator answers for it until another figure stands there. */
        private Told told(double gramsPerKwh, String place, String citation) throws FeedException {
            return new Told(
                    Plausible.intensity(
                            gramsPerKwh,
                            place.isEmpty() ? "configured" : place,
                            ID,
                            citation(citation),
                            OptionalInt.empty()),
                    null);
        }

        private static @Nullable Instant time(JsonObject object, String name) throws FeedException {
            if (!object.has(name)) {
                return null;
            }
            Endpoint.text(object, name);
            Instant time = Endpoint.time(object, name);
            if (time == null) {
                throw new FeedException(
                        Kind.IMPLAUSIBLE, name + " is no time with an offset such as 2026-11-30T08:00:00Z");
            }
            return time;
        }

        private String citation(String told) {
            return "kept by the operator in " + where + Plausible.as(": ", told);
        }

        private static double plainNumber(String text) throws FeedException {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw new FeedException(
                        Kind.IMPLAUSIBLE, "there is neither a plain number nor a JSON object with gramsPerKwh");
            }
        }
    }
}
