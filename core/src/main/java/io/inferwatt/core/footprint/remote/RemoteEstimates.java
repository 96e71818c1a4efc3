package io.inferwatt.core.footprint.remote;

import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.config.InferwattConfig.Accelerator;
import io.inferwatt.core.config.RemoteMethod;
import io.inferwatt.core.footprint.remote.EstimationMethod.Draw;
import io.inferwatt.core.footprint.remote.EstimationMethod.Tokens;
import io.inferwatt.core.footprint.remote.RemoteEstimate.Flag;
import io.inferwatt.core.footprint.remote.Unestimated.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Estimates what calls of remote models draw. Safe from all threads; waits for nobody and does no input or output after
 * {@link #of}. The second call of a target costs a look-up and some arithmetic.
 */
public final class RemoteEstimates {

    private static final double JOULES_PER_KWH = 3.6e6;

    /** Targets beyond that are looked up each time, so that names made up per call fill no memory. */
    private static final int MAX_REMEMBERED = 1000;

    /**
     * What was chosen.
     *
     * @param findings lines for a person: which method is in force, what it assumes, how many models it knows
     * @param problems one line for each entry of the settings or row of the user's file that was not understood
     */
    public record Choice(RemoteEstimates estimates, List<String> findings, List<String> problems) {

        public Choice {
            findings = List.copyOf(findings);
            problems = List.copyOf(problems);
        }
    }

    private record Known(@Nullable ModelSize size, Places.Place place) {}

    private final EstimationMethod method;
    private final InferwattConfig.WaterFormula water;
    private final ModelRegistry models;
    private final Places places;
    private final ConcurrentHashMap<RemoteTarget, Known> knownByTarget = new ConcurrentHashMap<>();

    private RemoteEstimates(
            EstimationMethod method, InferwattConfig.WaterFormula water, ModelRegistry models, Places places) {
        this.method = method;
        this.water = water;
        this.models = models;
        this.places = places;
    }

    /**
     * Reads the tables and the user's file. What the user wrote wrongly becomes a problem and is left out; throws
     * {@link IllegalStateException} only if a built-in table is missing or damaged, that is, if the jar is broken.
     */
    public static Choice of(InferwattConfig.Remote settings) {
        List<String> problems = new ArrayList<>();
        ModelRegistry models = ModelRegistry.read(settings.models(), settings.aliases(), problems);
        Places places = Places.read(settings, problems);
        boolean ecoLogits = settings.method() == RemoteMethod.ECOLOGITS;
        if (ecoLogits && (settings.batch().isPresent() || settings.accelerator() != Accelerator.H100)) {
            problems.add("remote.batch and remote.accelerator have no effect with remote.method="
                    + settings.method().label() + ", which assumes H100 with " + EcoLogitsFormula.BATCH
                    + " requests at a time as EcoLogits does");
        }
        EstimationMethod method = ecoLogits
                ? new EcoLogitsMethod()
                : new MlEnergyMethod(settings.accelerator(), settings.batch(), ImageFigures.embedded());
        RemoteEstimates estimates = new RemoteEstimates(method, settings.water(), models, places);
        return new Choice(estimates, findings(settings, models), problems);
    }

    private static List<String> findings(InferwattConfig.Remote settings, ModelRegistry models) {
        List<String> findings = new ArrayList<>();
        String assumed = settings.method() == RemoteMethod.ECOLOGITS
                ? "H100 with " + EcoLogitsFormula.BATCH + " requests at a time, output tokens alone"
                : settings.accelerator().name()
                        + (settings.batch().isPresent()
                                ? " with " + settings.batch().getAsInt() + " requests at a time"
                                : " with about " + MlEnergyMethod.UNKNOWN_BATCH
                                        + " requests at a time; set remote.batch for a narrower band if you know it");
        findings.add("remote calls: estimated by " + settings.method().label() + " for " + assumed);
        int own = models.own().rows().size();
        findings.add(
                "remote models: " + models.builtIn().rows().size() + " built-in rows, " + own
                        + " of remote.models, and open models whose name states the size; calls of others are counted without a figure");
        return findings;
    }

    /** Returns the id of the method in force; an estimate of images has one of its own. */
    public String method() {
        return method.id();
    }

    /**
     * Estimates one call. Never throws.
     *
     * @param images number of images made where that is the work, else 0
     * @param durationSeconds begin to end as the client saw it; not positive if unknown
     * @param failed whether it ended with an error; it is estimated all the same if it told its tokens
     */
    public RemoteResult estimate(
            RemoteTarget target, TokenUsage tokens, long images, double durationSeconds, boolean failed) {
        boolean toldNothing = target.work() == Work.IMAGE ? images <= 0 : tokens.output() <= 0 && tokens.input() <= 0;
        if (failed && toldNothing) {
            return new Unestimated(Reason.FAILED);
        }
        return switch (target.work()) {
            case TEXT -> text(target, tokens, durationSeconds);
            case EMBEDDING -> embedding(target, tokens);
            case IMAGE -> images(target, images);
            case OTHER -> new Unestimated(Reason.NO_FIGURE);
        };
    }

    /** Returns where the model of a target runs, as far as known, with the figures in force there now. */
    public RemotePlace place(RemoteTarget target) {
        return known(target).place().now();
    }

    private RemoteResult text(RemoteTarget target, TokenUsage usage, double durationSeconds) {
        Known known = known(target);
        ModelSize size = known.size();
        if (size == null) {
            return new Unestimated(Reason.UNKNOWN_MODEL);
        }
        if (!size.answersInText()) {
            return new Unestimated(Reason.NO_FIGURE);
        }
        if (usage.output() < 0 || (usage.output() == 0 && usage.input() <= 0)) {
            return new Unestimated(Reason.NO_USAGE);
        }
        Draw draw = method.text(size, tokens(usage, usage.output()), durationSeconds);
        return estimate(known, size, draw, usage.input() < 0);
    }

    private RemoteResult embedding(RemoteTarget target, TokenUsage usage) {
        Known known = known(target);
        ModelSize size = known.size();
        if (size == null) {
            return new Unestimated(Reason.UNKNOWN_MODEL);
        }
        if (usage.input() <= 0) {
            return new Unestimated(Reason.NO_USAGE);
        }
        Draw draw = method.embedding(size, tokens(usage, 0));
        return draw == null ? new Unestimated(Reason.NO_FIGURE) : estimate(known, size, draw, false);
    }

    private RemoteResult images(RemoteTarget target, long images) {
        if (images <= 0) {
            return new Unestimated(Reason.NO_USAGE);
        }
        Draw draw = method.images(target.model(), target.imageSize(), images);
        return draw == null ? new Unestimated(Reason.NO_FIGURE) : estimate(known(target), null, draw, false);
    }

    /** More cached tokens than tokens is a slip of the provider's: then all of them are cached. */
    private static Tokens tokens(TokenUsage usage, long output) {
        long input = Math.max(0, usage.input());
        long cached = Math.min(Math.max(0, usage.cachedInput()), input);
        return new Tokens(input - cached, cached, output);
    }

    private RemoteEstimate estimate(Known known, @Nullable ModelSize size, Draw draw, boolean inputUnknown) {
        RemotePlace place = known.place().now();
        Range litersPerItKwh = WaterUse.litersPerItKwh(place, water);
        Range grams =
                method.product(draw.joules(), place.pue()).times(place.grid().gramsPerKwh() / JOULES_PER_KWH);
        Range liters = litersPerItKwh.isKnown()
                ? method.product(draw.joules(), litersPerItKwh).times(1 / JOULES_PER_KWH)
                : Range.UNKNOWN;
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        flags.addAll(draw.flags());
        add(flags, Flag.INPUT_UNKNOWN, inputUnknown);
        add(flags, Flag.UNDISCLOSED_SIZE, size != null && size.origin() == ModelSize.Origin.ESTIMATED);
        add(flags, Flag.SIZE_FROM_NAME, size != null && size.origin() == ModelSize.Origin.NAME);
        add(flags, Flag.PROVIDER_MEAN, place.providerMean());
        add(flags, Flag.WATER_UNKNOWN, !liters.isKnown());
        return new RemoteEstimate(
                draw.method(), draw.joules(), method.dynamicPart(), grams, draw.embodiedGrams(), liters, flags);
    }

    private static void add(Set<Flag> flags, Flag flag, boolean holds) {
        if (holds) {
            flags.add(flag);
        }
    }

    private Known known(RemoteTarget target) {
        Known known = knownByTarget.get(target);
        if (known == null) {
            known = new Known(models.find(target.model()), places.of(target));
            if (knownByTarget.size() < MAX_REMEMBERED) {
                knownByTarget.put(target, known);
            }
        }
        return known;
    }
}
