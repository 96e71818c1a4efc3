package io.inferwatt.core.footprint;

import io.inferwatt.core.input.FewLines;
import io.inferwatt.core.input.OneLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What training models emitted, spread over their requests or over the time they are in use. Shown apart: a consumer's score has no
 * training in it (SCI for AI, Green Software Foundation, 2025). Entries look like {@code minilm=12kg/1000000requests} or
 * {@code scorer=3kg/2years}. Safe from all threads; immutable.
 */
public final class Training {

    private static final double SECONDS_OF_A_YEAR = 365 * 86_400.0;
    private static final String ALLOWED =
            "entries such as minilm=12kg/1000000requests or scorer=3kg/2years, separated by semicolons";

    private final Map<String, Share> sharesByModel;
    private final LongSupplier nanoTime;
    private final long startNanos;

    private Training(Map<String, Share> sharesByModel, LongSupplier nanoTime) {
        this.sharesByModel = Map.copyOf(sharesByModel);
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
    }

    /** Grams for each request, or for each second. */
    private record Share(double grams, boolean ofRequest) {}

    /**
     * Reads the setting {@code training.models}. Time runs from now on.
     *
     * @param problems receives a line for each of the first entries that are not understood, and one for the rest; they are left out
     */
    public static Training of(String entries, List<String> problems) {
        return of(entries, problems, System::nanoTime);
    }

    static Training of(String entries, List<String> problems, LongSupplier nanoTime) {
        Map<String, Share> shares = new HashMap<>();
        FewLines told = FewLines.ofEntries("training.models", problems);
        for (String entry : entries.split(";", -1)) {
            int sign = entry.lastIndexOf('=');
            Share share = sign <= 0 ? null : share(entry.substring(sign + 1).strip());
            if (share != null) {
                shares.put(entry.substring(0, sign).strip(), share);
            } else if (!entry.isBlank()) {
                told.add("training.models: '" + OneLine.of(entry.strip(), 80) + "' is not allowed; allowed: " + ALLOWED
                        + "; it is left out");
            }
        }
        told.end();
        return new Training(shares, nanoTime);
    }

    private static @Nullable Share share(String text) {
        List<String> parts = new ArrayList<>(List.of(text.split("/", -1)));
        if (parts.size() != 2 || !parts.get(0).endsWith("kg")) {
            return null;
        }
        boolean ofRequest = parts.get(1).endsWith("requests");
        if (!ofRequest && !parts.get(1).endsWith("years")) {
            return null;
        }
        String unit = ofRequest ? "requests" : "years";
        try {
            double grams = 1000 * number(parts.get(0), "kg");
            double life = number(parts.get(1), unit) * (ofRequest ? 1 : SECONDS_OF_A_YEAR);
            return grams >= 0 && life > 0 && Double.isFinite(grams / life) ? new Share(grams / life, ofRequest) : null;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static double number(String text, String unit) {
        return Double.parseDouble(
                text.substring(0, text.length() - unit.length()).strip());
    }

    /** Returns whether anything is said of a model. */
    public boolean isKnown(String model) {
        return sharesByModel.containsKey(model);
    }

    /**
     * Returns grams of CO2e that fall to what a model has done so far, NaN if its training is not known.
     *
     * @param requests that have succeeded, of one of the operations of the model
     * @param ofModel part of all the model's requests that these are: a share of time is divided by it
     */
    public double grams(String model, long requests, double ofModel) {
        Share share = sharesByModel.get(model);
        if (share == null) {
            return Double.NaN;
        }
        return share.grams() * (share.ofRequest() ? requests : ofModel * (nanoTime.getAsLong() - startNanos) / 1e9);
    }
}
