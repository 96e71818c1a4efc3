package io.inferwatt.core.footprint.live;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.inferwatt.core.footprint.live.FeedException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * WattTime, version 3: the marginal rate of a region, that is, what the plant emits that follows the load now. It is no mean, and its
 * label says so.
 */
public final class WattTime implements IntensityFeed {

    private static final String ID = "watttime";
    private static final String LABEL = "watttime-marginal";
    private static final String ADDRESS = "https://api.watttime.org";
    private static final String SIGNAL = "co2_moer";
    private static final String UNIT = "lbs_co2_per_mwh";

    /** A pound in grams, over a megawatt-hour in kilowatt-hours. */
    private static final double GRAMS_PER_KWH = 453.59237 / 1000;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Asked open(Settings settings) throws FeedException {
        String region = settings.zone()
                .orElseThrow(() -> new FeedException(
                        Kind.SETTINGS,
                        "carbon.zone is not set; set it to a region of WattTime, for instance CAISO_NORTH"));
        settings.key().require();
        return new Nowcast(Endpoint.of(ADDRESS, settings.url()), region, settings.key());
    }

    private static final class Nowcast implements Asked {

        private final Endpoint endpoint;
        private final String region;
        private final FeedKey key;
        /** Good for some half an hour; who says no to it gets another one. */
        private @Nullable String token;

        Nowcast(Endpoint endpoint, String region, FeedKey key) {
            this.endpoint = endpoint;
            this.region = region;
            this.key = key;
        }

        @Override
        public String where() {
            return endpoint.where();
        }

        @Override
        public String caution() {
            return "marginal, not a mean: do not compare or add its grams with those of other sources, and do not report them as "
                    + "location-based emissions";
        }

        @Override
        public Told ask() throws IOException, FeedException {
            String before = token;
            if (before != null) {
                try {
                    return ask(before);
                } catch (FeedException e) {
                    if (e.kind() != Kind.KEY) {
                        throw e;
                    }
                    token = null;
                }
            }
            String fresh = logIn();
            Told told = ask(fresh);
            token = fresh;
            return told;
        }

        private String logIn() throws IOException, FeedException {
            String userAndPassword = key.read();
            if (userAndPassword.indexOf(':') <= 0) {
                throw new FeedException(Kind.KEY, "the key is not of the form user:password; check " + key.where());
            }
            String basic = Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
            return Endpoint.text(
                    endpoint.object(endpoint.get("/login").with("Authorization", "Basic " + basic)), "token");
        }

        private Told ask(String bearer) throws IOException, FeedException {
            if (!bearer.chars().allMatch(c -> c > ' ' && c <= '~')) {
                throw new FeedException(Kind.IMPLAUSIBLE, where() + " gave a token that cannot stand in a header");
            }
            JsonObject answer = endpoint.object(endpoint.get("/v3/forecast?region=" + Endpoint.encoded(region)
                            + "&signal_type=" + SIGNAL + "&horizon_hours=0")
                    .with("Authorization", "Bearer " + bearer));
            JsonElement meta = Endpoint.member(answer, "meta");
            Endpoint.expect("unit", UNIT, Endpoint.text(meta, "units"));
            Endpoint.expect("region", region, Endpoint.text(meta, "region"));
            Endpoint.expect("signal", SIGNAL, Endpoint.text(meta, "signal_type"));
            JsonElement point = Endpoint.first(Endpoint.member(answer, "data"), "data");
            return new Told(
                    Plausible.intensity(
                            Endpoint.number(point, "value") * GRAMS_PER_KWH,
                            region,
                            LABEL,
                            "WattTime, marginal operating emissions rate, not a mean"
                                    + Plausible.as(", of ", Endpoint.remark(point.getAsJsonObject(), "point_time")),
                            OptionalInt.empty()),
                    Endpoint.time(point, "point_time"));
        }
    }
}
