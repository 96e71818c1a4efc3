package io.inferwatt.agent.instrumentation.xgboost;

import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.ModelNames;
import io.inferwatt.agent.instrumentation.NoInference;
import io.inferwatt.agent.instrumentation.OpenMpThreads;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import io.inferwatt.core.call.ModelKey;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;

/** What the advice on XGBoost4J does: names boosters, begins and ends calls, leaves out what training predicts. */
final class XGBoostCalls {

    private static final String LIBRARY = "xgboost";
    private static final LibraryCalls CALLS = LibraryCalls.of(LIBRARY);
    private static final String CPU = "cpu";

    /** An attribute of the model that travels in its file; nobody else gives it a meaning. */
    private static final String NAME_ATTRIBUTE = "name";

    private static final WeakIdentityMap<Booster, Integer> KEYS = new WeakIdentityMap<>();
    private static final WeakIdentityMap<Booster, String> LOADED_FROM = new WeakIdentityMap<>();
    private static final WeakIdentityMap<Booster, Asked> ASKED = new WeakIdentityMap<>();

    private XGBoostCalls() {}

    static @Nullable Object start(Booster booster, @Nullable DMatrix data) {
        return start(booster, rows(data));
    }

    /** The library refuses null and disposed matrices itself; its error is the application's, not ours. */
    private static long rows(@Nullable DMatrix data) {
        try {
            return data == null ? 1 : data.rowNum();
        } catch (XGBoostError disposed) {
            return 1;
        }
    }

    static @Nullable Object start(Booster booster, long rows) {
        if (NoInference.isOn()) {
            return null;
        }
        Integer key = KEYS.get(booster);
        if (key == null) {
            key = CALLS.key(name(booster), ModelKey.INFERENCE, LIBRARY, device(booster));
            KEYS.put(booster, key);
        }
        return OpenMpThreads.start(CALLS, key, rows);
    }

    /** Where it may compute on another device is not told: without one the library takes the processor all the same. */
    private static @Nullable String device(Booster booster) {
        Asked asked = ASKED.get(booster);
        return asked == null || asked.equals(Asked.NOTHING) ? CPU : null;
    }

    private static String name(Booster booster) {
        String source = LOADED_FROM.get(booster);
        if (source != null) {
            return source;
        }
        try {
            String given = booster.getAttr(NAME_ATTRIBUTE);
            return given == null || given.isBlank() ? LIBRARY + "-" + booster.getNumFeature() + "f" : given;
        } catch (XGBoostError nothingToAsk) {
            return LibraryCalls.UNNAMED;
        }
    }

    static void finish(@Nullable Object call, @Nullable Throwable error) {
        OpenMpThreads.finish(CALLS, call, error);
    }

    static @Nullable Object beforeOtherWork() {
        return OpenMpThreads.beforeOtherWork(CALLS);
    }

    static void afterOtherWork(@Nullable Object before) {
        OpenMpThreads.afterOtherWork(before);
    }

    /** @param source a path, or the bytes of the model */
    static void loaded(@Nullable Object before, Object source, Booster booster) {
        OpenMpThreads.afterOtherWork(before);
        LOADED_FROM.put(booster, ModelNames.of(source));
    }

    static void parameterSet(Booster booster, @Nullable String parameter, @Nullable Object value) {
        if (parameter == null || value == null) {
            return;
        }
        Asked known = ASKED.get(booster);
        Asked before = known == null ? Asked.NOTHING : known;
        Asked after = before.and(parameter, value);
        if (!after.equals(before)) {
            ASKED.put(booster, after);
            KEYS.remove(booster); // to be described anew
        }
    }

    static Object beforeTraining() {
        return new Training(beforeOtherWork(), NoInference.begin());
    }

    static void afterTraining(@Nullable Object ended) {
        if (ended != null) {
            Training training = (Training) ended;
            NoInference.end(training.noInference());
            afterOtherWork(training.before());
        }
    }

    /** Which parameters ask for another device than the processor; all but the first are of versions before 2. */
    private record Asked(boolean byDevice, boolean byTreeMethod, boolean byPredictor) {

        static final Asked NOTHING = new Asked(false, false, false);

        private static final String GRAPHICS_CARD = "gpu";

        Asked and(String parameter, Object value) {
            return switch (parameter) {
                case "device" -> new Asked(!value.toString().equals(CPU), byTreeMethod, byPredictor);
                case "tree_method" -> new Asked(byDevice, isGraphicsCard(value), byPredictor);
                case "predictor" -> new Asked(byDevice, byTreeMethod, isGraphicsCard(value));
                default -> this;
            };
        }

        private static boolean isGraphicsCard(Object value) {
            return value.toString().startsWith(GRAPHICS_CARD);
        }
    }

    private record Training(@Nullable Object before, Object noInference) {}
}
