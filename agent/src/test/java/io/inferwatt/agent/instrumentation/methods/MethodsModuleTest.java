package io.inferwatt.agent.instrumentation.methods;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.agent.weaving.WovenLibrary.Recorded;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.TokenUsage;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class MethodsModuleTest {

    private static final String APPLICATION = Scoring.class.getName();
    private static final String LINEAR = APPLICATION + "$Linear";
    private static final String SCORER = APPLICATION + "$Scorer";
    private static final String METERED = "@" + APPLICATION + "$Metered";

    private WovenLibrary woven;
    private Object application;

    private void with(String methods) throws Exception {
        MethodsModule module = new MethodsModule(methods);
        assertThat(module.problems()).isEmpty();
        woven = new WovenLibrary(
                List.of(module), List.of(APPLICATION), getClass().getClassLoader());
        application =
                woven.loader.loadClass(APPLICATION).getDeclaredConstructor().newInstance();
    }

    private Object call(String method, Object... arguments) throws Exception {
        for (var candidate : application.getClass().getMethods()) {
            if (candidate.getName().equals(method)) {
                return candidate.invoke(application, arguments);
            }
        }
        throw new NoSuchMethodException(method);
    }

    private static Recorded ok(String model, long units) {
        return new Recorded(ModelKey.of(model), Outcome.OK, units, TokenUsage.UNKNOWN);
    }

    @Test
    void method_withoutOptions_isNamedAfterItself() throws Exception {
        with(LINEAR + "#score(2)");
        call("score", "a");

        assertThat(woven.recorded()).containsExactly(ok("Scoring$Linear.score", 1));
    }

    @Test
    void model_comesFromAConstantAnArgumentOrAGetter_unitsFromAnArray() throws Exception {
        with(LINEAR + "#score(2):model=constant:units=arg1");
        call("score", "a");
        assertThat(woven.recorded()).containsExactly(ok("constant", 4));

        with(LINEAR + "#score(2):model=arg0:units=arg1");
        call("score", "a");
        assertThat(woven.recorded()).containsExactly(ok("from-argument", 4));

        with(LINEAR + "#score:model=name()");
        call("score", "a");
        call("scoreOne", "b");
        assertThat(woven.recorded()).as("the overload inside is the same call").containsExactly(ok("a", 1), ok("b", 1));
        assertThat(woven.errors.total()).isZero();
    }

    @Test
    void units_ofAPrimitiveNumber_areRead() throws Exception {
        with(LINEAR + "#count:units=arg0");
        assertThat(call("count", 7)).isEqualTo(7);

        assertThat(woven.recorded()).containsExactly(ok("Scoring$Linear.count", 7));
    }

    private static final String PRIMITIVES = LINEAR + "#ofDouble:model=arg0:units=arg1;" + LINEAR
            + "#ofLong:model=arg0:requests=arg1;" + LINEAR + "#ofFloat:model=arg0:units=arg1;" + LINEAR
            + "#ofBoolean:model=arg0:units=arg1;" + LINEAR + "#ofNothing:model=arg0:requests=arg1";

    @Test
    void primitives_nameModels_andTellRowsAndRequests() throws Exception {
        with(PRIMITIVES);
        assertThat(call("primitives", 1)).isEqualTo(30.1 + 1001 + (1L << 40) + 2 + (0.1f + 5) + 1);

        assertThat(woven.recorded())
                .containsExactly(
                        ok("301", 1001), ok("1099511627776", 2), ok("0.1", 5), ok("0.1", 1), ok("Character", 3));
        assertThat(woven.requests("1099511627776")).isEqualTo(2);
        assertThat(woven.requests("Character")).isEqualTo(3);
        assertThat(woven.errors.total()).isZero();
    }

    @Test
    void getterOfAPrimitive_fallsBackToTheNameOfTheMethod() throws Exception {
        with(LINEAR + "#count:model=arg0.id()");
        call("count", 2);

        assertThat(woven.recorded()).containsExactly(ok("Scoring$Linear.count", 1));
        assertThat(woven.errors.total()).isZero();
    }

    @Test
    void warmCalls_thatTakeAndReturnPrimitives_allocateNothing() throws Exception {
        with(PRIMITIVES);

        assertThat(allocatedBy(true)).isLessThan(CALLS);
        assertThat(woven.errors.total()).isZero();
    }

    @Test
    void warmCalls_thatTakeAndReturnObjects_allocateNothing() throws Exception {
        with(LINEAR + "#ofText:model=arg0:units=arg1");

        assertThat(allocatedBy(false)).isLessThan(CALLS);
        assertThat(woven.recorded()).contains(ok("1000000", 4));
    }

    private static final int CALLS = 20_000;

    /**
     * Returns the bytes that so many calls allocate on their thread, the least of three rounds: what is linked, measured or compiled once is
     * no call's. Less than one byte a call is none by any of them.
     */
    private long allocatedBy(boolean primitives) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var repeat = application.getClass().getMethod("repeat", boolean.class, int.class);
        repeat.invoke(application, primitives, CALLS / 10);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            woven.recorded();
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            repeat.invoke(application, primitives, CALLS);
            least = Math.min(
                    least,
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        return least;
    }

    @Test
    void batchOfRequests_countsAsSoMany_andTheCallsInsideArePartOfIt() throws Exception {
        with(SCORER + "+#scoreAll:model=batch:requests=arg0;" + SCORER + "+#score:model=arg0");
        call("scoreAll");

        assertThat(woven.recorded()).containsExactly(ok("batch", 3));
        assertThat(woven.requests("batch")).isEqualTo(3);
    }

    @Test
    void future_goesOnUntilItsAnswerComes_andStaysTheApplicationsOwn() throws Exception {
        with(METERED);
        assertThat(call("later")).isEqualTo(true);
        assertThat(woven.recorded()).isEmpty();
        assertThat(woven.inFlight()).isOne();

        call("complete");
        assertThat(woven.recorded()).containsExactly(ok("annotated-model", 1));
        assertThat(woven.inFlight()).isZero();
    }

    @Test
    void future_thatIsCancelled_isSaidToBe() throws Exception {
        with(METERED);
        call("later");
        call("cancel");

        assertThat(woven.recorded()).extracting(Recorded::outcome).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void future_thatIsThereAtOnce_endsAtOnce() throws Exception {
        with(METERED);
        call("complete");
        call("later");

        assertThat(woven.recorded()).containsExactly(ok("annotated-model", 1));
    }

    @Test
    void methodThatThrows_isAnError_andTheApplicationSeesItsOwn() throws Exception {
        with(METERED + ":in=" + APPLICATION);
        assertThat(call("fail", "secret")).isEqualTo("secret");

        assertThat(woven.recorded()).extracting(Recorded::outcome).containsExactly(Outcome.ERROR);
    }

    @Test
    void argumentThatIsNoName_isToldByItsClassOnly() throws Exception {
        with(LINEAR + "#score(2):model=arg1");
        call("score", "a");

        assertThat(woven.recorded()).containsExactly(ok("double[]", 1));
    }

    @Test
    void getterThatIsNotThere_fallsBackToTheNameOfTheMethod() throws Exception {
        with(LINEAR + "#score:model=version()");
        for (int i = 0; i < 20; i++) {
            call("score", "a");
        }

        assertThat(woven.recorded()).hasSize(20).allMatch(ok("Scoring$Linear.score", 1)::equals);
        assertThat(woven.errors.total()).isZero();
    }

    @Test
    void otherMethodsAndOtherPackages_areLeftAlone() throws Exception {
        with(LINEAR + "#score(3);" + METERED + ":in=com.elsewhere.;" + SCORER + "+#score:in=com.elsewhere.");
        call("score", "a");
        call("fail", "x");

        assertThat(woven.recorded()).isEmpty();
    }

    @Test
    void annotatedConstructor_isLeftAlone_andTheMethodsOfItsClassAreNot() throws Exception {
        with(METERED);
        call("refuse");

        assertThat(woven.recorded()).extracting(Recorded::key).containsExactly(ModelKey.of("refusing"));
    }

    @Test
    void futureThatRefusesToBeWatched_endsAtOnce() throws Exception {
        with(METERED);
        assertThat(call("refuse")).isEqualTo(false);

        assertThat(woven.recorded()).hasSize(1);
        assertThat(woven.inFlight()).isZero();
        assertThat(woven.errors.total()).isZero();
    }

    @Test
    void getterOfAnArgument_isAskedAtEachCall() throws Exception {
        with(LINEAR + "#versioned:model=arg0.id()");
        call("versioned");

        assertThat(woven.recorded())
                .extracting(recorded -> recorded.key().model())
                .containsExactly("v0", "v1", "v0", "v1", "v0", "v1");
    }

    @Test
    void entriesOnLinesOfTheirOwn_areUnderstood() throws Exception {
        with(LINEAR + "#score(2)\n  :model=mine ;\n" + LINEAR + "#count");
        call("score", "a");
        call("count", 2);

        assertThat(woven.recorded()).containsExactly(ok("mine", 1), ok("Scoring$Linear.count", 1));
    }
}
