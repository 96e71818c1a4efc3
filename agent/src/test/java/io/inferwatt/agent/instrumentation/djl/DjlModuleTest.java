package io.inferwatt.agent.instrumentation.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.InstrumentationModuleContract;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.agent.instrumentation.LibrarySupport;
import io.inferwatt.agent.instrumentation.onnxruntime.OnnxRuntimeModule;
import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.agent.weaving.WovenLibrary.Recorded;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.ModelFacts;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class DjlModuleTest extends InstrumentationModuleContract {

    static {
        // DJL would look for its own models on the network and report its use.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        // It would help itself with the engine of DJL's tokenizers, whose native code a JVM loads only once.
        System.setProperty("ai.djl.onnx.disable_alternative", "true");
    }

    @Override
    protected InstrumentationModule module() {
        return new DjlModule();
    }

    @Override
    protected Class<? extends LibraryScenario> scenario() {
        return DjlScenario.class;
    }

    @Override
    protected LibrarySupport support() {
        return new LibrarySupport(
                "DJL",
                "ai.djl:api",
                "0.38.0",
                List.of("0.28.0"),
                "`Predictor.batchPredict` and through it `predict`; `streamingPredict` until its outputs are read or closed",
                "`Model.getName()`",
                "size of the list",
                "those of the engine below",
                "of the model's manager",
                "generated, over ONNX Runtime");
    }

    @Override
    protected List<String> packages() {
        return List.of("ai.djl.", "ai.onnxruntime.");
    }

    @Test
    void callOfTheEngineInsideAPrediction_isPartOfIt() throws Exception {
        WovenLibrary woven = woven(new DjlModule(), new OnnxRuntimeModule());
        try (LibraryScenario scenario = start(woven)) {
            scenario.call();

            List<Recorded> recorded = woven.recorded();
            assertThat(recorded).hasSize(1);
            assertThat(recorded.get(0).key()).isEqualTo(scenario.key());
            assertThat(woven.errors.total()).isZero();
        }
    }

    private WovenLibrary wovenOverEngine() throws Exception {
        return woven(new DjlModule(), new OnnxRuntimeModule());
    }

    private DjlUse open(WovenLibrary woven) throws Exception {
        return (DjlUse) start(woven);
    }

    @Test
    void overloads_andSubclassesThatCallThem_areOneCall() throws Exception {
        WovenLibrary woven = wovenOverEngine();
        try (DjlUse djl = open(woven)) {
            djl.predict();
            djl.predictWithSubclass(3);

            assertThat(woven.recorded()).extracting(Recorded::units).containsExactly(1L, 3L);
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void model_withoutEngine_isNamed_andNoDeviceIsClaimed() throws Exception {
        WovenLibrary woven = wovenOverEngine();
        try (DjlUse djl = open(woven)) {
            djl.predictWithoutEngine();

            ModelKey remote = ModelKey.of("remote");
            assertThat(woven.recorded()).extracting(Recorded::key).containsExactly(remote);
            assertThat(woven.calls.facts(woven.calls.key(remote))).isEqualTo(ModelFacts.NONE);
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void stream_whatItsReaderDoesWithAnOutput_isNoPartOfIt() throws Exception {
        WovenLibrary woven = wovenOverEngine();
        try (DjlUse djl = open(woven)) {
            int other = woven.calls.key(ModelKey.of("other"));
            djl.stream().forEach(() -> woven.calls.finish(woven.calls.start("other", other, 1), Outcome.OK));

            assertThat(woven.recorded())
                    .extracting(call -> call.key().model())
                    .containsExactly("other", "other", "other", djl.key().model());
            assertThat(woven.inFlight()).isZero();
        }
    }

    @Test
    void stream_whoseReaderFails_isNoErrorOfTheModel() throws Exception {
        WovenLibrary woven = wovenOverEngine();
        try (DjlUse djl = open(woven)) {
            DjlUse.Outputs outputs = djl.stream();
            assertThatThrownBy(() -> outputs.forEach(() -> {
                        throw new IllegalStateException("the reader's");
                    }))
                    .hasMessage("the reader's");

            assertThat(woven.recorded()).extracting(Recorded::outcome).containsExactly(Outcome.CANCELLED);
            assertThat(woven.inFlight()).isZero();
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void stream_isOneCallUntilItsLastOutput_whoeverReadsIt() throws Exception {
        WovenLibrary woven = wovenOverEngine();
        try (DjlUse djl = open(woven)) {
            DjlUse.Outputs outputs = djl.stream();
            assertThat(woven.inFlight()).isOne();
            assertThat(outputs.next()).isTrue();
            assertThat(woven.recorded()).isEmpty();

            ExecutorService reader = Executors.newSingleThreadExecutor();
            assertThat(reader.submit(outputs::next).get()).isTrue();
            assertThat(outputs.next()).isTrue();
            assertThat(reader.submit(outputs::next).get()).isFalse();
            reader.shutdown();
            outputs.close();

            List<Recorded> recorded = woven.recorded();
            assertThat(recorded).hasSize(1);
            assertThat(recorded.get(0).key()).isEqualTo(djl.key());
            assertThat(recorded.get(0).outcome()).isEqualTo(Outcome.OK);
            assertThat(woven.inFlight()).isZero();
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void stream_thatIsReadInOneGo_orBeforeThePredictorReturns_orBySubclasses_isOneCall() throws Exception {
        WovenLibrary woven = wovenOverEngine();
        try (DjlUse djl = open(woven)) {
            assertThat(djl.stream().all()).isEqualTo(3);
            assertThat(woven.recorded()).extracting(Recorded::outcome).containsExactly(Outcome.OK);

            DjlUse.Outputs read = djl.streamReadAtOnce();
            assertThat(woven.recorded()).extracting(Recorded::outcome).containsExactly(Outcome.OK);
            assertThat(read.all()).isEqualTo(3);

            DjlUse.Outputs inherited = djl.streamWithSubclass();
            assertThat(woven.inFlight()).isOne();
            assertThat(inherited.all()).isEqualTo(3);
            assertThat(woven.recorded()).extracting(Recorded::outcome).containsExactly(Outcome.OK);
            assertThat(woven.inFlight()).isZero();
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void stream_thatFails_isClosed_orDropped_endsOnce() throws Exception {
        WovenLibrary woven = wovenOverEngine();
        try (DjlUse djl = open(woven)) {
            assertThatThrownBy(djl.streamThatFails()::next).hasMessageContaining("OrtException");
            assertThat(woven.recorded()).extracting(Recorded::outcome).containsExactly(Outcome.ERROR);

            DjlUse.Outputs closed = djl.stream();
            closed.next();
            closed.close();
            closed.close();
            assertThat(woven.recorded()).extracting(Recorded::outcome).containsExactly(Outcome.CANCELLED);

            assertThatThrownBy(djl::streamWhereThatIsNotSupported).isInstanceOf(IllegalStateException.class);
            assertThat(woven.recorded()).extracting(Recorded::outcome).containsExactly(Outcome.ERROR);

            djl.stream().next();
            woven.calls.limitDuration(Duration.ZERO);
            woven.calls.forgetDeadThreads();
            assertThat(woven.recorded()).extracting(Recorded::outcome).containsExactly(Outcome.ABANDONED);
            assertThat(woven.inFlight()).isZero();
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void stream_insideACallOfAnotherLibrary_isPartOfIt() throws Exception {
        WovenLibrary woven = wovenOverEngine();
        try (DjlUse djl = open(woven)) {
            InferenceCall outer = woven.calls.start("outer", woven.calls.key(ModelKey.of("outer")), 1);
            djl.stream().all();
            woven.calls.finish(outer, Outcome.OK);

            assertThat(woven.recorded()).extracting(call -> call.key().model()).containsExactly("outer");
            assertThat(woven.inFlight()).isZero();
        }
    }
}
