package io.inferwatt.agent.instrumentation.micrometer;

import io.inferwatt.agent.application.ApplicationMeters;
import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the application uses Micrometer's global registry, by the class that is loaded while the class which holds it is made ready:
 * looking at it earlier would make it ready, and with it the application's logging, at a moment of our choice.
 */
public final class MicrometerModule implements InstrumentationModule {

    @Override
    public String library() {
        return "micrometer";
    }

    @Override
    public List<Hook> hooks() {
        return List.of();
    }

    /** Looked for in the tests; a copy that lacks one is left alone. */
    @Override
    public List<Member> requires() {
        String core = "io.micrometer.core.instrument.";
        String path = "io/micrometer/core/instrument/";
        return List.of(
                new Member(core + "MeterRegistry", "remove", "(L" + path + "Meter;)L" + path + "Meter;"),
                new Member(
                        core + "Gauge",
                        "builder",
                        "(Ljava/lang/String;Ljava/util/function/Supplier;)L" + path + "Gauge$Builder;"),
                new Member(
                        core + "FunctionCounter",
                        "builder",
                        "(Ljava/lang/String;Ljava/lang/Object;Ljava/util/function/ToDoubleFunction;)L" + path
                                + "FunctionCounter$Builder;"),
                new Member(
                        core + "DistributionSummary",
                        "builder",
                        "(Ljava/lang/String;)L" + path + "DistributionSummary$Builder;"),
                new Member(
                        core + "DistributionSummary$Builder",
                        "serviceLevelObjectives",
                        "([D)L" + path + "DistributionSummary$Builder;"),
                new Member(core + "DistributionSummary", "record", "(D)V"),
                new Member(core + "Timer", "builder", "(Ljava/lang/String;)L" + path + "Timer$Builder;"),
                new Member(core + "Timer", "record", "(JLjava/util/concurrent/TimeUnit;)V"));
    }

    @Override
    public List<String> notices() {
        return List.of("io.micrometer.core.instrument.Metrics$More");
    }

    @Override
    public void noticed(@Nullable ClassLoader loader) {
        if (loader != null) {
            ApplicationMeters.livesIn(loader);
        }
    }

    @Override
    public void turnedOff() {
        ApplicationMeters.forget();
    }
}
