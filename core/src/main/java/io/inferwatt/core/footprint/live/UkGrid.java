package io.inferwatt.core.footprint.live;

import com.google.gson.JsonElement;
import io.inferwatt.core.footprint.CarbonIntensity;
import io.inferwatt.core.footprint.CountryGrids;
import io.inferwatt.core.footprint.live.FeedException.Kind;
import java.io.IOException;
import java.util.OptionalInt;

/** The Carbon Intensity API of Great Britain's grid operator: mean of combustion alone, by the half-hour, without a key. */
public final class UkGrid implements IntensityFeed {

    private static final String ID = "uk";
    private static final String ZONE = "GB";
    private static final String ADDRESS = "https://api.carbonintensity.org.uk";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String zone() {
        return ZONE;
    }

    @Override
    public Asked open(Settings settings) throws FeedException {
        if (settings.zone().isPresent()) {
            String zone = settings.zone().get();
            CarbonIntensity place = CountryGrids.embedded().find(zone.equalsIgnoreCase("UK") ? ZONE : zone);
            if (place == null || !place.zone().equals(ZONE)) {
                throw new FeedException(
                        Kind.SETTINGS,
                        "it knows Great Britain only, and carbon.zone is " + zone
                                + "; leave that out, or set it to GB if the electricity comes from there");
            }
        }
        return new HalfHour(Endpoint.of(ADDRESS, settings.url()));
    }

    private record HalfHour(Endpoint endpoint) implements Asked {

        @Override
        public String where() {
            return endpoint.where();
        }

        @Override
        public String caution() {
            return "combustion alone, so lower by construction than life cycle figures such as those of the table";
        }

        @Override
        public Told ask() throws IOException, FeedException {
            JsonElement period =
                    Endpoint.first(Endpoint.member(endpoint.object(endpoint.get("/intensity")), "data"), "data");
            JsonElement intensity = Endpoint.member(period, "intensity");
            JsonElement actual =
                    intensity.isJsonObject() ? intensity.getAsJsonObject().get("actual") : null;
            boolean forecast = actual == null || actual.isJsonNull();
            return new Told(
                    Plausible.intensity(
                            Endpoint.number(intensity, forecast ? "forecast" : "actual"),
                            ZONE,
                            ID,
                            "Carbon Intensity API of Great Britain, combustion, CC BY 4.0"
                                    + (forecast ? ", forecast" : "")
                                    + Plausible.as(", from ", Endpoint.remark(period.getAsJsonObject(), "from")),
                            OptionalInt.empty()),
                    Endpoint.time(period, "from"));
        }
    }
}
