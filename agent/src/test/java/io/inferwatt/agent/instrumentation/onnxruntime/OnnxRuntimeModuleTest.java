package io.inferwatt.agent.instrumentation.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.InstrumentationModuleContract;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.agent.instrumentation.LibrarySupport;
import io.inferwatt.agent.instrumentation.ModelNames;
import io.inferwatt.agent.instrumentation.TinyOnnx;
import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.agent.weaving.WovenLibrary.Recorded;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class OnnxRuntimeModuleTest extends InstrumentationModuleContract {

    @Override
    protected InstrumentationModule module() {
        return new OnnxRuntimeModule();
    }

    @Override
    protected Class<? extends LibraryScenario> scenario() {
        return OnnxRuntimeScenario.class;
    }

    @Override
    protected LibrarySupport support() {
        return new LibrarySupport(
                "ONNX Runtime",
                "com.microsoft.onnxruntime:onnxruntime",
                "1.29.0",
                List.of("1.18.0", "1.21.1"),
                "`OrtSession.run`, all overloads",
                "stem of the file; size and SHA-256 prefix of a model given as bytes",
                "dimension 0 of `input_ids`, else of the first input",
                "elements of `input_ids`, padding included",
                "execution provider added first, else `cpu`",
                "all-MiniLM-L6-v2 and bge-small-en-v1.5, quantised; generated");
    }

    @Override
    protected List<String> packages() {
        return List.of("ai.onnxruntime.");
    }

    private OnnxRuntimeUse open(WovenLibrary woven) throws Exception {
        return (OnnxRuntimeUse) start(woven);
    }

    private static String device(WovenLibrary woven, byte[] model) {
        return woven.calls
                .facts(woven.calls.key(ModelKey.of(ModelNames.of(model))))
                .device();
    }

    @Test
    void eachOverload_isOneCall() throws Exception {
        WovenLibrary woven = woven(module());
        try (OnnxRuntimeUse onnx = open(woven)) {
            int overloads = onnx.runEachOverload();

            List<Recorded> recorded = woven.recorded();
            assertThat(recorded).hasSize(overloads).allSatisfy(call -> {
                assertThat(call.key()).isEqualTo(onnx.key());
                assertThat(call.outcome()).isEqualTo(Outcome.OK);
                assertThat(call.units()).isEqualTo(3);
                assertThat(call.inputTokens()).isEqualTo(15);
            });
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void modelGivenAsBytes_isNamedByThem_howeverTheyAreGiven() throws Exception {
        WovenLibrary woven = woven(module());
        byte[] model = TinyOnnx.ofTokens(5);
        try (OnnxRuntimeUse onnx = open(woven)) {
            int sessions = onnx.runModelOfBytes(model);

            assertThat(woven.recorded())
                    .hasSize(sessions)
                    .extracting(Recorded::key)
                    .containsOnly(ModelKey.of(ModelNames.of(model)));
        }
    }

    @Test
    void device_isWhatTheOptionsWereGiven_forEachSessionOpenedWithThem() throws Exception {
        WovenLibrary woven = woven(new WithEntriesForDevices());
        byte[] first = TinyOnnx.namedOfTokens("first", 5);
        byte[] second = TinyOnnx.namedOfTokens("second", 5);
        byte[] refused = TinyOnnx.namedOfTokens("refused", 5);
        byte[] chosen = TinyOnnx.namedOfTokens("chosen", 5);
        try (OnnxRuntimeUse onnx = open(woven)) {
            onnx.runWithOneConfiguration(first, second);
            onnx.runAfterACardWasRefused(refused);
            onnx.runOnFirstDevice(chosen);

            assertThat(woven.recorded()).hasSize(4);
            assertThat(device(woven, first)).isEqualTo("configentry");
            assertThat(device(woven, second)).isEqualTo("configentry");
            assertThat(device(woven, refused)).isEqualTo("cpu");
            assertThat(device(woven, chosen)).isEqualTo("cpu");
            assertThat(woven.errors.total()).isZero();
        }
    }

    /** What chooses one provider by name ends in a private method of the same name, which would be the first to name it. */
    @Test
    void device_isNotNamedByThePrivateMethodThatOthersEndIn() {
        assertThat(module().hooks())
                .filteredOn(hook -> hook.method().equals("addExecutionProvider"))
                .extracting(Hook::descriptor)
                .containsExactly("(Ljava/util/List;Ljava/util/Map;)V");
    }

    /** Only the processor is there in the tests, so a method that any machine has stands for one that chooses a device. */
    private static final class WithEntriesForDevices implements InstrumentationModule {

        private final InstrumentationModule onnxRuntime = new OnnxRuntimeModule();

        @Override
        public String library() {
            return onnxRuntime.library();
        }

        @Override
        public List<Hook> hooks() {
            List<Hook> hooks = new ArrayList<>(onnxRuntime.hooks());
            hooks.add(Hook.on(
                    "ai.onnxruntime.OrtSession$SessionOptions",
                    "addConfigEntry",
                    "(Ljava/lang/String;Ljava/lang/String;)V",
                    "io.inferwatt.agent.instrumentation.onnxruntime.OrtProviderAdvice"));
            return hooks;
        }
    }

    @Test
    void session_thatDoesNotOpen_leavesNothingBehind() throws Exception {
        WovenLibrary woven = woven(module());
        try (OnnxRuntimeUse onnx = open(woven)) {
            int open = woven.calls.enginePools().open().size();

            assertThatThrownBy(onnx::openNothing).hasMessageContaining("ORT_INVALID_PROTOBUF");
            onnx.call();

            assertThat(woven.recorded()).hasSize(1);
            assertThat(woven.calls.enginePools().open()).hasSize(open);
            assertThat(woven.inFlight()).isZero();
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void session_thatIsClosedWhileAnotherThreadIsInIt_leavesNoCallOpen() throws Exception {
        WovenLibrary woven = woven(module());
        OnnxRuntimeUse onnx = open(woven);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        ExecutorService other = Executors.newSingleThreadExecutor();
        Future<?> call = other.submit(() -> {
            onnx.runBroken(() -> {
                inside.countDown();
                awaitQuietly(closed);
            });
            return null;
        });
        inside.await();
        assertThat(woven.inFlight()).isOne();
        onnx.close();
        closed.countDown();

        assertThatThrownBy(call::get).hasRootCauseMessage("broken inputs");
        other.shutdown();
        assertThat(woven.recorded()).extracting(Recorded::outcome).containsExactly(Outcome.ERROR);
        assertThat(woven.inFlight()).isZero();
        assertThat(woven.calls.enginePools().open()).isEmpty();
        assertThat(woven.errors.total()).isZero();
    }

    @Test
    void call_afterClose_keepsItsModel_andNoThreads() throws Exception {
        WovenLibrary woven = woven(module());
        OnnxRuntimeUse onnx = open(woven);
        assertThat(woven.calls.enginePools().open()).hasSize(1);

        assertThatThrownBy(onnx::callAfterClose).isInstanceOf(IllegalStateException.class);

        List<Recorded> recorded = woven.recorded();
        assertThat(recorded).extracting(Recorded::key).containsExactly(onnx.key());
        assertThat(recorded).extracting(Recorded::outcome).containsExactly(Outcome.ERROR);
        assertThat(woven.calls.enginePools().open()).isEmpty();
        assertThat(woven.errors.total()).isZero();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void manyThreads_onOneSession_areACallEach() throws Exception {
        WovenLibrary woven = woven(module());
        ExecutorService threads = Executors.newFixedThreadPool(64);
        try (OnnxRuntimeUse onnx = open(woven)) {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 640; i++) {
                calls.add(threads.submit(() -> {
                    onnx.call();
                    return null;
                }));
            }
            for (Future<?> call : calls) {
                call.get();
            }
            assertThat(woven.recorded())
                    .hasSize(640)
                    .allSatisfy(call -> assertThat(call.key()).isEqualTo(onnx.key()));
            assertThat(woven.inFlight()).isZero();
            assertThat(woven.errors.total()).isZero();
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void libraryLoadedTwice_isMeteredInBothLoaders() throws Exception {
        WovenLibrary woven = woven(module());
        try (LibraryScenario one = start(woven);
                LibraryScenario other = start(woven.anotherLoader())) {
            one.call();
            other.call();

            assertThat(other.getClass()).isNotSameAs(one.getClass());
            assertThat(woven.recorded()).extracting(Recorded::key).containsExactly(one.key(), one.key());
            assertThat(woven.errors.total()).isZero();
        }
    }
}
