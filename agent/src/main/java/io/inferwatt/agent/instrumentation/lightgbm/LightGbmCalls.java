package io.inferwatt.agent.instrumentation.lightgbm;

import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMException;
import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.ModelNames;
import io.inferwatt.agent.instrumentation.OpenMpThreads;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import io.inferwatt.core.call.ModelKey;
import org.jspecify.annotations.Nullable;

/** What the advice on LightGBM4j does: names boosters, begins and ends calls. */
final class LightGbmCalls {

    private static final String LIBRARY = "lightgbm";
    private static final LibraryCalls CALLS = LibraryCalls.of(LIBRARY);

    /** The native library in the jar computes nowhere else. */
    private static final String CPU = "cpu";

    private static final WeakIdentityMap<LGBMBooster, Integer> KEYS = new WeakIdentityMap<>();

    private LightGbmCalls() {}

    static Object start(LGBMBooster booster, int rows) {
        return OpenMpThreads.start(CALLS, key(booster), rows);
    }

    static void finish(@Nullable Object call, @Nullable Throwable error) {
        OpenMpThreads.finish(CALLS, call, error);
    }

    /** A single row is not divided, so no threads are looked for. */
    static Object startSingleRow(LGBMBooster booster) {
        return CALLS.start(key(booster), 1);
    }

    static void finishSingleRow(@Nullable Object call, @Nullable Throwable error) {
        CALLS.finish(call, error);
    }

    private static int key(LGBMBooster booster) {
        Integer key = KEYS.get(booster);
        return key == null ? remember(booster, nameOfTrained(booster)) : key;
    }

    private static String nameOfTrained(LGBMBooster booster) {
        try {
            return LIBRARY + "-" + booster.getNumFeature() + "f";
        } catch (LGBMException closed) {
            return LibraryCalls.UNNAMED;
        }
    }

    private static int remember(LGBMBooster booster, String name) {
        int key = CALLS.key(name, ModelKey.INFERENCE, LIBRARY, CPU);
        KEYS.put(booster, key);
        return key;
    }

    static @Nullable Object beforeOtherWork() {
        return OpenMpThreads.beforeOtherWork(CALLS);
    }

    static void afterOtherWork(@Nullable Object before) {
        OpenMpThreads.afterOtherWork(before);
    }

    static void loadedFromFile(@Nullable Object before, String file, LGBMBooster booster) {
        afterOtherWork(before);
        remember(booster, ModelNames.ofFile(file));
    }

    static void loadedFromText(@Nullable Object before, String model, LGBMBooster booster) {
        afterOtherWork(before);
        remember(booster, ModelNames.ofText(model));
    }
}
