package io.inferwatt.core.footprint.live;

import com.google.gson.JsonObject;
import io.inferwatt.core.footprint.live.FeedException.Kind;
import java.io.IOException;
import java.util.OptionalInt;

/** Electricity Maps, version 3: mean intensity of consumption in a zone, life cycle, by the hour. */
public final class ElectricityMaps implements IntensityFeed {

    private static final String ID = "electricity-maps";
    private static final String ADDRESS = "https://api.electricitymaps.com";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Asked open(Settings settings) throws FeedException {
        String zone = settings.zone()
                .orElseThrow(() -> new FeedException(
                        Kind.SETTINGS,
                        "carbon.zone is not set; set it to a zone of Electricity Maps, for instance DE"));
        settings.key().require();
        return new Latest(Endpoint.of(ADDRESS, settings.url()), zone, settings.key());
    }

    private record Latest(Endpoint endpoint, String zone, FeedKey key) implements Asked {

        @Override
        public String where() {
            return endpoint.where();
        }

        @Override
        public Told ask() throws IOException, FeedException {
            JsonObject answer =
                    endpoint.object(endpoint.get("/v3/carbon-intensity/latest?zone=" + Endpoint.encoded(zone))
                            .with("auth-token", key.read()));
            double gramsPerKwh = Endpoint.number(answer, "carbonIntensity");
            Endpoint.expect("zone", zone, Endpoint.text(answer, "zone"));
            String type = Endpoint.remark(answer, "emissionFactorType");
            String citation = "Electricity Maps, mean of consumption"
                    + (type.isEmpty() ? "" : ", " + type)
                    + (Endpoint.remark(answer, "isEstimated").equals("true") ? ", estimated" : "")
                    + Plausible.as(", hour of ", Endpoint.remark(answer, "datetime"));
            return new Told(
                    Plausible.intensity(gramsPerKwh, zone, ID, citation, OptionalInt.empty()),
                    Endpoint.time(answer, "datetime"));
        }
    }
}
