package io.inferwatt.agent.instrumentation.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.agent.instrumentation.HeldCall;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.LeftCall;
import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.LibrarySupport;
import io.inferwatt.agent.instrumentation.ModuleContract;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.agent.instrumentation.RemoteCalls;
import io.inferwatt.agent.instrumentation.RemoteServer;
import io.inferwatt.agent.instrumentation.opentelemetry.TracedApplication.Ended;
import io.inferwatt.agent.tracing.Tracing;
import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.CallRecord;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.footprint.remote.Range;
import io.inferwatt.core.footprint.remote.RemoteEstimate;
import io.inferwatt.core.footprint.remote.RemoteResult;
import io.inferwatt.core.footprint.remote.Unestimated;
import io.inferwatt.core.report.CallRate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of models in spans of the real SDK, each application with a copy of it that only it sees. */
class OpenTelemetryModuleTest extends ModuleContract {

    private static final String MODEL = "gpt-5";
    private static final RemoteServer SERVER = new RemoteServer("openai", "api.openai.com", "");
    private static final String CLIENT = "CLIENT";
    private static final String NO_MARK = "";

    /** What a call of 100 output tokens draws here. */
    private static final Map<String, Object> TOLD = Map.of(
            "inferwatt.energy.joules", 200.0,
            "inferwatt.energy.joules.low", 100.0,
            "inferwatt.energy.joules.high", 400.0,
            "inferwatt.co2e.grams", 75.0,
            "inferwatt.energy.method", "tokens-test",
            "inferwatt.energy.boundary", "with_idle",
            "inferwatt.energy.quality", "estimated");

    /** What calls of local models draw here for a second of each unit. */
    private static final CallRate RATE = new CallRate(3e6, 6e6, 0.5, 2, Quality.MEASURED);

    private WovenLibrary woven;
    private LibraryCalls engine;
    private TracedApplication application;

    @Override
    protected InstrumentationModule module() {
        return new OpenTelemetryModule();
    }

    @Override
    protected LibrarySupport support() {
        return LibrarySupport.besides(
                "OpenTelemetry SDK",
                "io.opentelemetry:opentelemetry-sdk-trace",
                "1.66.0",
                List.of("1.20.0"),
                "spans around calls of models get their energy, see [opentelemetry.md](opentelemetry.md)");
    }

    @BeforeEach
    void attach() throws Exception {
        Tracing.forget();
        woven = new WovenLibrary(
                List.of(module()),
                List.of("io.opentelemetry.", SdkApplication.class.getName()),
                getClass().getClassLoader());
        application = application(woven.loader);
        RemoteCalls.estimateWith(OpenTelemetryModuleTest::estimate);
        engine = LibraryCalls.of("onnxruntime");
        LibraryCalls.rateBy(key -> RATE);
    }

    @AfterEach
    void detach() {
        Tracing.forget();
        LibraryCalls.rateBy(null);
    }

    private static TracedApplication application(ClassLoader loader) throws ReflectiveOperationException {
        return (TracedApplication) loader.loadClass(SdkApplication.class.getName())
                .getDeclaredConstructor()
                .newInstance();
    }

    /** Two joules and three quarters of a gram a token; images cost 1000 joules each. */
    private static RemoteResult estimate(
            RemoteTarget target, TokenUsage tokens, long images, double durationSeconds, boolean failed) {
        assertThat(durationSeconds).isPositive();
        double amount = images > 0 ? 500.0 * images : tokens.output();
        if (amount < 0) {
            return new Unestimated(failed ? Unestimated.Reason.FAILED : Unestimated.Reason.NO_USAGE);
        }
        return new RemoteEstimate(
                images > 0 ? "images-test" : "tokens-test",
                new Range(amount, 2 * amount, 4 * amount),
                0.5,
                Range.exactly(amount / 2),
                Range.exactly(amount / 4),
                Range.UNKNOWN,
                Set.of());
    }

    private static RemoteCall begin() {
        return begin("openai-java");
    }

    private static RemoteCall begin(String library) {
        return RemoteCalls.of(library).start(SERVER, MODEL, RemoteCalls.CHAT, Work.TEXT, 1);
    }

    private static void callOfHundredTokens() {
        RemoteCall call = begin();
        call.tokens(10, 0, 100, 0);
        call.finish(Outcome.OK);
    }

    private void inClientSpan(Consumer<Runnable> work) {
        application.makeSdk(true);
        application.inSpan("chat gpt-5", CLIENT, NO_MARK, work);
    }

    private Map<String, Object> told() {
        List<Ended> ended = application.ended();
        assertThat(ended).hasSize(1);
        return ended.get(0).attributes();
    }

    /** The trace and span id of the calls that ended, as on a span. */
    private List<String> recordedIds() {
        CallDrain drain = new CallDrain();
        woven.calls.drain(drain, System.nanoTime());
        List<String> ids = new ArrayList<>();
        CallRecord view = new CallRecord();
        HexFormat hex = HexFormat.of();
        for (int i = 0; i < drain.recordCount(); i++) {
            CallRecord call = drain.record(i, view);
            ids.add(hex.toHexDigits(call.traceIdHigh())
                    + hex.toHexDigits(call.traceIdLow())
                    + "-"
                    + hex.toHexDigits(call.spanId()));
        }
        return ids;
    }

    private static String id(Ended span) {
        return span.traceId() + "-" + span.spanId();
    }

    @Test
    void clientSpan_isToldTheEnergyOfItsCallAndTheCallItsIds() {
        inClientSpan(end -> callOfHundredTokens());

        assertThat(told()).isEqualTo(TOLD);
        assertThat(recordedIds()).containsExactly(id(application.ended().get(0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gen_ai.operation.name", "gen_ai.system", "gen_ai.provider.name"})
    void spanOfAnotherKind_thatIsMarkedAsOneOfAModelCall_isTold(String mark) {
        application.makeSdk(true);
        application.inSpan("chat gpt-5", "INTERNAL", mark, end -> callOfHundredTokens());

        assertThat(told()).containsAllEntriesOf(TOLD).containsKey(mark).hasSize(TOLD.size() + 1);
    }

    /** As Micrometer makes them: name, kind and attributes come when it ends. */
    @Test
    void unmarkedSpanThatBeganInsideTheCallOfAFramework_isTold() {
        application.makeSdk(true);
        application.inSpan("warm-up", "INTERNAL", NO_MARK, end -> {});
        RemoteCall framework = begin("spring-ai");
        application.inSpan("", "INTERNAL", NO_MARK, end -> callOfHundredTokens());
        framework.tokens(10, 0, 100, 0);
        framework.finish(Outcome.OK);

        assertThat(application.ended()).extracting(Ended::attributes).containsExactly(Map.of(), TOLD);
    }

    @Test
    void spansOfClientsInsideEachOther_areNotBothTold() {
        inClientSpan(outerEnd -> {
            RemoteCall framework = begin("langchain4j");
            application.inSpan("chat gpt-5", CLIENT, NO_MARK, end -> callOfHundredTokens());
            framework.tokens(10, 0, 100, 0);
            framework.finish(Outcome.OK);
        });

        assertThat(application.ended()).extracting(Ended::attributes).containsExactly(TOLD, Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SERVER", "INTERNAL", "CONSUMER", "PRODUCER"})
    void spanThatIsNotAboutTheCall_isLeftAloneButLinked(String kind) {
        application.makeSdk(true);
        application.inSpan("GET /answer", kind, NO_MARK, end -> callOfHundredTokens());

        assertThat(told()).isEmpty();
        assertThat(recordedIds()).containsExactly(id(application.ended().get(0)));
    }

    private void inServerSpan(Consumer<Runnable> work) {
        application.makeSdk(true);
        application.inSpan("GET /answer", "SERVER", NO_MARK, work);
    }

    private int minilm() {
        return engine.key("minilm", "embeddings", null, null);
    }

    private void localCall() {
        engine.finish(engine.start(minilm(), 1), Outcome.OK);
    }

    private static double number(Map<String, Object> attributes, String name) {
        return (Double) attributes.get("inferwatt." + name);
    }

    /** Returns the seconds in flight of the calls that ended, times their units, as recorded: longer than told by the last few steps. */
    private double recordedUnitSeconds() {
        CallDrain drain = new CallDrain();
        woven.calls.drain(drain, System.nanoTime());
        CallRecord view = new CallRecord();
        double seconds = 0;
        for (int i = 0; i < drain.recordCount(); i++) {
            CallRecord call = drain.record(i, view);
            seconds += call.units() * (call.endNanos() - call.bookedNanos()) / 1e9;
        }
        return seconds;
    }

    private static void busy(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SERVER", "INTERNAL", CLIENT})
    void callOfALocalModel_tellsItsSpanWhatItDrewByTheRateOfLately(String kind) {
        application.makeSdk(true);
        application.inSpan("GET /answer", kind, NO_MARK, end -> {
            InferenceCall call = engine.start(minilm(), 4);
            localCall(); // a part of it
            busy(20);
            engine.finish(call, Outcome.OK);
        });

        Map<String, Object> told = told();
        double joules = number(told, "energy.joules");
        assertThat(joules).isBetween(0.98 * 3e6 * 4 * 0.02, 3e6 * recordedUnitSeconds());
        assertThat(told)
                .isEqualTo(Map.of(
                        "inferwatt.energy.joules",
                        joules,
                        "inferwatt.energy.joules.low",
                        0.5 * joules,
                        "inferwatt.energy.joules.high",
                        2 * joules,
                        "inferwatt.co2e.grams",
                        2 * joules,
                        "inferwatt.energy.method",
                        "recent-rate",
                        "inferwatt.energy.boundary",
                        "with_idle",
                        "inferwatt.energy.quality",
                        "measured"));
    }

    @Test
    void callsOfLocalModels_addUpOnTheirSpan() {
        int large = engine.key("large", "embeddings", null, null);
        LibraryCalls.rateBy(key -> key == large ? new CallRate(5e6, 1e6, 0.1, 3, Quality.MODELLED) : RATE);
        inServerSpan(end -> {
            localCall();
            localCall();
            engine.finish(engine.start(large, 1), Outcome.ERROR);
        });

        Map<String, Object> told = told();
        assertThat(number(told, "energy.joules"))
                .isPositive()
                .isBetween(number(told, "energy.joules.low"), number(told, "energy.joules.high"));
        assertThat(told)
                .containsEntry("inferwatt.energy.method", "recent-rate")
                .containsEntry("inferwatt.energy.quality", "modelled");
        assertThat(recordedIds()).hasSize(3);
    }

    @Test
    void callsOfLocalAndRemoteModels_addUpOnTheirSpanWithTheWorseQuality() {
        inClientSpan(end -> {
            localCall();
            callOfHundredTokens();
            localCall();
        });

        Map<String, Object> told = told();
        assertThat(number(told, "energy.joules")).isGreaterThan(200);
        assertThat(number(told, "energy.joules.low") - 100)
                .isCloseTo(0.5 * (number(told, "energy.joules") - 200), within(1e-6));
        assertThat(told)
                .containsEntry("inferwatt.energy.method", "recent-rate;tokens-test")
                .containsEntry("inferwatt.energy.quality", "estimated");
    }

    /** Each tells its own: what was asked of another machine, and what this machine did meanwhile. */
    @Test
    void callOfARemoteModelInsideALocalOne_tellsItsOwnSpanAndTheLocalOneTheOther() {
        inServerSpan(outerEnd -> {
            InferenceCall method = engine.start(minilm(), 1);
            application.inSpan("chat gpt-5", CLIENT, NO_MARK, end -> callOfHundredTokens());
            engine.finish(method, Outcome.OK);
        });

        List<Ended> ended = application.ended();
        assertThat(ended.get(0).attributes()).isEqualTo(TOLD);
        assertThat(ended.get(1).attributes()).containsEntry("inferwatt.energy.method", "recent-rate");
        assertThat(recordedIds()).containsExactly(id(ended.get(1)));
    }

    @Test
    void callOfALocalModelInsideARemoteOne_isPartOfThatAndTellsNothing() {
        inClientSpan(end -> {
            RemoteCall framework = begin("langchain4j");
            localCall();
            framework.tokens(10, 0, 100, 0);
            framework.finish(Outcome.OK);
        });

        assertThat(told()).isEqualTo(TOLD);
    }

    @Test
    void callOfALocalModel_inASpanThatHasEnded_orThatIsNotCurrentAnyMore_tellsNothing() {
        inServerSpan(end -> {
            InferenceCall call = engine.start(minilm(), 1);
            end.run();
            engine.finish(call, Outcome.OK);
        });
        InferenceCall[] call = new InferenceCall[1];
        application.inSpan("GET /", "SERVER", NO_MARK, end -> call[0] = engine.start(minilm(), 1));
        application.inSpan("GET /other", "SERVER", NO_MARK, end -> engine.finish(call[0], Outcome.OK));

        assertThat(application.ended())
                .hasSize(3)
                .allMatch(span -> span.attributes().isEmpty());
    }

    @Test
    void callOfALocalModel_thatEndsElsewhere_tellsTheSpanItBeganInOnce() {
        inServerSpan(end -> {
            LeftCall left = engine.detach(engine.start(minilm(), 1));
            onAnotherThread(() -> {
                left.finish(Outcome.OK);
                left.finish(Outcome.ERROR);
            });
            HeldCall held = engine.open(minilm(), 1, 1);
            onAnotherThread(() -> {
                held.finish(Outcome.OK);
                held.finish(Outcome.ERROR);
            });
        });

        Map<String, Object> told = told();
        assertThat(number(told, "energy.joules")).isPositive().isLessThanOrEqualTo(3e6 * recordedUnitSeconds());
        assertThat(told).containsEntry("inferwatt.energy.method", "recent-rate");
    }

    @Test
    void callOfALocalModel_thatEndsAfterItsSpan_tellsNothing() {
        LeftCall[] left = new LeftCall[1];
        inServerSpan(end -> left[0] = engine.detach(engine.start(minilm(), 1)));
        left[0].finish(Outcome.OK);

        assertThat(told()).isEmpty();
    }

    @Test
    void callOfAServerOnThisMachine_tellsItsSpanLikeAnyLocalOne() {
        woven.calls.computeHere(host -> host.equals(SERVER.host()));
        inClientSpan(end -> {
            callOfHundredTokens();
            RemoteCall later = begin();
            later.detach();
            onAnotherThread(() -> later.finish(Outcome.OK));
        });

        assertThat(told())
                .containsEntry("inferwatt.energy.method", "recent-rate")
                .containsEntry("inferwatt.energy.quality", "measured");
        assertThat(number(told(), "energy.joules")).isLessThanOrEqualTo(3e6 * recordedUnitSeconds());
    }

    @Test
    void callOfALocalModel_whoseRateIsNotKnown_leavesItsSpanAsItIs() {
        int[] asked = new int[1];
        LibraryCalls.rateBy(key -> {
            asked[0]++;
            return null;
        });
        inServerSpan(end -> localCall());

        assertThat(told()).isEmpty();
        assertThat(asked[0]).isOne();
    }

    @Test
    void callOfALocalModel_whoseBandIsNotKnown_hasNoBand() {
        LibraryCalls.rateBy(key -> new CallRate(1, 1, Double.NaN, Double.NaN, Quality.MEASURED));
        inServerSpan(end -> localCall());

        assertThat(told())
                .containsKey("inferwatt.energy.joules")
                .doesNotContainKeys("inferwatt.energy.joules.low", "inferwatt.energy.joules.high");
    }

    @Test
    void callOfALocalModel_inASpanThatIsNotSampled_isAskedNothing() {
        LibraryCalls.rateBy(key -> {
            throw new AssertionError("asked");
        });
        application.makeSdk(false);
        application.inSpan("GET /answer", "SERVER", NO_MARK, end -> localCall());
        localCall();

        assertThat(recordedIds()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SERVER", CLIENT})
    void callOfALocalModel_beforeAnyRateIsKnown_isLinkedAndItsSpanLeftAlone(String kind) {
        LibraryCalls.rateBy(null);
        int key = minilm();
        application.makeSdk(true);
        application.inSpan("GET /answer", kind, NO_MARK, end -> {
            InferenceCall call = engine.start(key, 1);
            engine.finish(engine.start(key, 1), Outcome.OK);
            engine.finish(call, Outcome.OK);
        });

        assertThat(told()).isEmpty();
        assertThat(recordedIds()).containsExactly(id(application.ended().get(0)));
    }

    @Test
    void callOfALocalModelOutsideSpansOrInOneThatNobodyWillSee_hasNoIds() {
        int key = minilm();
        engine.finish(engine.start(key, 1), Outcome.OK);
        inClientSpan(end -> {});
        engine.finish(engine.start(key, 1), Outcome.OK);
        application.makeSdk(false);
        application.inSpan("GET /answer", CLIENT, NO_MARK, end -> engine.finish(engine.start(key, 1), Outcome.OK));

        assertThat(recordedIds())
                .containsOnly("0".repeat(32) + "-" + "0".repeat(16))
                .hasSize(3);
    }

    @Test
    void spanThatHasEndedBeforeTheCall_isLeftAlone() {
        inClientSpan(end -> {
            RemoteCall call = begin();
            call.tokens(10, 0, 100, 0);
            end.run();
            call.finish(Outcome.OK);
        });

        assertThat(told()).isEmpty();
    }

    @Test
    void callThatEndsOnAnotherThread_tellsTheSpanItBeganIn() {
        inClientSpan(end -> {
            RemoteCall call = begin();
            call.detach();
            onAnotherThread(() -> {
                call.tokens(10, 0, 100, 0);
                call.finish(Outcome.OK);
            });
        });

        assertThat(told()).isEqualTo(TOLD);
        assertThat(recordedIds()).containsExactly(id(application.ended().get(0)));
    }

    private static void onAnotherThread(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void callUntilAFuture_isToldWhenThatIsDone() {
        inClientSpan(end -> {
            CompletableFuture<Long> answer = new CompletableFuture<>();
            begin().detachUntil(answer, (call, tokens) -> call.tokens(10, 0, tokens, 0));
            answer.complete(100L);
        });

        assertThat(told()).isEqualTo(TOLD);
    }

    @Test
    void callWithoutUsage_isToldAsUnestimatedAndNotAsZero() {
        inClientSpan(end -> begin().finish(Outcome.OK));

        assertThat(told()).isEqualTo(Map.of("inferwatt.energy.unestimated", "no_usage"));
    }

    @Test
    void callThatFails_isToldWhyItHasNoFigure() {
        inClientSpan(end -> begin().finish(Outcome.ERROR));

        assertThat(told()).isEqualTo(Map.of("inferwatt.energy.unestimated", "failed"));
    }

    @Test
    void imagesOfACall_areItsUnits() {
        inClientSpan(end -> RemoteCalls.of("openai-java")
                .start(SERVER, "dall-e-3", RemoteCalls.IMAGE_GENERATION, Work.IMAGE, 3, "1024x1024")
                .finish(Outcome.OK));

        assertThat(told())
                .containsEntry("inferwatt.energy.joules", 3000.0)
                .containsEntry("inferwatt.energy.method", "images-test");
    }

    @Test
    void callOfThisMachine_beforeAnyRateIsKnown_isLinkedAndItsSpanLeftAlone() {
        LibraryCalls.rateBy(null);
        woven.calls.computeHere(host -> host.equals(SERVER.host()));
        inClientSpan(end -> callOfHundredTokens());

        assertThat(told()).isEmpty();
        assertThat(recordedIds()).containsExactly(id(application.ended().get(0)));
    }

    @Test
    void callBeforeTheMeterHasStarted_isLinkedOnly() {
        RemoteCalls.estimateWith(null);
        inClientSpan(end -> callOfHundredTokens());

        assertThat(told()).isEmpty();
        assertThat(recordedIds()).containsExactly(id(application.ended().get(0)));
    }

    @Test
    void estimateThatFails_isNotSeenByTheApplication() {
        RemoteCalls.estimateWith((target, tokens, images, seconds, failed) -> {
            throw new IllegalStateException("broken");
        });
        inClientSpan(end -> callOfHundredTokens());

        assertThat(told()).isEmpty();
        assertThat(recordedIds()).hasSize(1);
    }

    @Test
    void callsOneAfterTheOther_addUpOnTheirSpan() {
        inClientSpan(end -> {
            callOfHundredTokens();
            callOfHundredTokens();
            RemoteCalls.of("openai-java")
                    .start(SERVER, "dall-e-3", RemoteCalls.IMAGE_GENERATION, Work.IMAGE, 1, "")
                    .finish(Outcome.OK);
            begin().finish(Outcome.OK);
        });

        assertThat(told())
                .containsEntry("inferwatt.energy.joules", 1400.0)
                .containsEntry("inferwatt.energy.joules.low", 700.0)
                .containsEntry("inferwatt.energy.joules.high", 2800.0)
                .containsEntry("inferwatt.energy.method", "tokens-test;images-test")
                .containsEntry("inferwatt.energy.unestimated", "no_usage");
    }

    @Test
    void callsSideBySide_addUpOnTheirSpan() {
        inClientSpan(end -> {
            RemoteCall one = begin();
            one.detach();
            RemoteCall other = begin();
            other.detach();
            one.tokens(10, 0, 100, 0);
            one.finish(Outcome.OK);
            other.tokens(10, 0, 100, 0);
            other.finish(Outcome.OK);
        });

        assertThat(told()).containsEntry("inferwatt.energy.joules", 400.0);
    }

    @Test
    void callInsideAnother_isToldOnceByTheOneThatGoesOut() {
        inClientSpan(end -> {
            RemoteCall framework = begin("langchain4j");
            callOfHundredTokens();
            framework.tokens(10, 0, 100, 0);
            framework.finish(Outcome.OK);
        });

        assertThat(told()).isEqualTo(TOLD);
        assertThat(recordedIds()).containsExactly(id(application.ended().get(0)));
    }

    @Test
    void callInsideAnotherThatHasLeftItsThread_isToldOnce() {
        inClientSpan(end -> {
            RemoteCall framework = begin("langchain4j");
            framework.detach();
            onAnotherThread(application.inThisSpan(() -> {
                var part = framework.attachThread();
                callOfHundredTokens();
                RemoteCall.detachThread(part);
            }));
            framework.tokens(10, 0, 100, 0);
            framework.finish(Outcome.OK);
        });

        assertThat(told()).isEqualTo(TOLD);
    }

    /** As where the tool of a streamed answer reads another one: then the thread works for the first again. */
    @Test
    void callInsideAnother_afterWorkForAThirdOne_isToldOnce() {
        RemoteCall[] third = new RemoteCall[1];
        application.makeSdk(true);
        application.inSpan("other", "INTERNAL", NO_MARK, end -> {
            third[0] = begin("spring-ai");
            third[0].detach();
        });
        application.inSpan("chat gpt-5", CLIENT, NO_MARK, end -> {
            RemoteCall framework = begin("langchain4j");
            framework.detach();
            onAnotherThread(application.inThisSpan(() -> {
                var outer = framework.attachThread();
                var inner = third[0].attachThread();
                RemoteCall.detachThread(inner);
                callOfHundredTokens();
                RemoteCall.detachThread(outer);
            }));
            framework.tokens(10, 0, 100, 0);
            framework.finish(Outcome.OK);
        });
        third[0].finish(Outcome.OK);

        assertThat(application.ended()).extracting(Ended::attributes).containsExactly(Map.of(), TOLD);
    }

    @Test
    void callInsideAnother_thatKnowsNoTokens_leavesItToTheOneAround() {
        inClientSpan(end -> {
            RemoteCall framework = begin("langchain4j");
            begin().finish(Outcome.OK);
            framework.tokens(10, 0, 100, 0);
            framework.finish(Outcome.OK);
        });

        assertThat(told()).isEqualTo(TOLD);
    }

    @Test
    void callsInsideAnother_ofWhichOneIsNotKnown_areToldAsSuch() {
        inClientSpan(end -> {
            RemoteCall framework = begin("langchain4j");
            begin().finish(Outcome.OK);
            callOfHundredTokens();
            framework.finish(Outcome.OK);
        });

        assertThat(told())
                .containsAllEntriesOf(TOLD)
                .containsEntry("inferwatt.energy.unestimated", "no_usage")
                .hasSize(TOLD.size() + 1);
    }

    @Test
    void callInItsOwnSpan_insideACallInAnother_tellsItsOwn() {
        application.makeSdk(true);
        application.inSpan("work", "SERVER", NO_MARK, outerEnd -> {
            RemoteCall framework = begin("spring-ai");
            application.inSpan("chat gpt-5", CLIENT, NO_MARK, end -> callOfHundredTokens());
            framework.tokens(10, 0, 100, 0);
            framework.finish(Outcome.OK);
        });

        assertThat(application.ended()).extracting(Ended::attributes).containsExactly(TOLD, Map.of());
        assertThat(recordedIds()).containsExactly(id(application.ended().get(1)));
    }

    @Test
    void callInItsOwnSpan_thatKnowsNoTokens_doesNotHideWhatTheOneAroundKnows() {
        inClientSpan(outerEnd -> {
            RemoteCall framework = begin("langchain4j");
            application.inSpan("chat gpt-5", CLIENT, NO_MARK, end -> begin().finish(Outcome.OK));
            framework.tokens(10, 0, 100, 0);
            framework.finish(Outcome.OK);
        });

        assertThat(application.ended())
                .extracting(Ended::attributes)
                .containsExactly(Map.of("inferwatt.energy.unestimated", "no_usage"), TOLD);
    }

    @Test
    void callThatForgetsItsEnd_doesNotHideTheNextOne() {
        inClientSpan(end -> {
            RemoteCall forgotten = begin("langchain4j");
            forgotten.detach();
            callOfHundredTokens();
        });

        assertThat(told()).isEqualTo(TOLD);
    }

    @Test
    void spanThatIsNotSampled_isNoSpan() {
        application.makeSdk(false);
        application.inSpan("chat gpt-5", CLIENT, NO_MARK, end -> callOfHundredTokens());

        assertThat(recordedIds()).containsExactly("0".repeat(32) + "-" + "0".repeat(16));
    }

    @Test
    void openTelemetryThatDoesNotLive_isNotTouchedByCalls() {
        callOfHundredTokens();
        application.makeSdk(true);
        callOfHundredTokens();

        assertThat(recordedIds()).hasSize(2);
        assertThat(application.mayStillWrapItsStorage()).isTrue();
    }

    @Test
    void openTelemetryThatLives_mayNotBeWrappedAnyMore_soTheTestAboveCanFail() {
        inClientSpan(end -> callOfHundredTokens());

        assertThat(application.mayStillWrapItsStorage()).isFalse();
    }

    @Test
    void openTelemetryThatFails_changesNothingForTheApplication() {
        application.makeSdk(true);
        application.failWhenAskedForTheSpan(true);
        application.failWhenAskedForTheSpan(false);
        application.inSpan("chat gpt-5", CLIENT, NO_MARK, end -> {
            application.failWhenAskedForTheSpan(true);
            callOfHundredTokens();
            application.failWhenAskedForTheSpan(false);
        });

        assertThat(told()).isEmpty();
        assertThat(recordedIds()).hasSize(1);
    }

    @Test
    void twoApplications_eachWithItsOwnOpenTelemetry_areToldApart() throws Exception {
        TracedApplication other = application(woven.anotherLoader());
        other.makeSdk(true);
        inClientSpan(end -> callOfHundredTokens());
        other.inSpan("embeddings", CLIENT, NO_MARK, end -> {
            RemoteCall call = begin();
            call.tokens(10, 0, 300, 0);
            call.finish(Outcome.OK);
        });
        callOfHundredTokens();

        assertThat(told()).isEqualTo(TOLD);
        assertThat(other.ended()).hasSize(1);
        assertThat(other.ended().get(0).attributes()).containsEntry("inferwatt.energy.joules", 600.0);
        assertThat(recordedIds())
                .containsExactly(
                        id(application.ended().get(0)),
                        id(other.ended().get(0)),
                        "0".repeat(32) + "-" + "0".repeat(16));
    }

    @Test
    void spanOfAServer_ofAnotherOpenTelemetryOnTheSameThread_doesNotHideTheClients() throws Exception {
        TracedApplication container = application(woven.anotherLoader());
        container.makeSdk(true);
        container.inSpan("GET /", "SERVER", NO_MARK, outerEnd -> inClientSpan(end -> callOfHundredTokens()));

        assertThat(told()).isEqualTo(TOLD);
        assertThat(container.ended().get(0).attributes()).isEmpty();
    }

    @Test
    void openTelemetryThatIsOffBeforeItLives_isLeftAlone() {
        woven.libraries.turnOff("opentelemetry");
        inClientSpan(end -> callOfHundredTokens());

        assertThat(told()).isEmpty();
        assertThat(recordedIds()).containsExactly("0".repeat(32) + "-" + "0".repeat(16));
    }

    @Test
    void openTelemetryThatIsTurnedOffLater_isLeftAloneFromThen() {
        inClientSpan(end -> {
            callOfHundredTokens();
            woven.libraries.turnOff("opentelemetry");
            callOfHundredTokens();
        });

        assertThat(told()).isEqualTo(TOLD);
    }
}
