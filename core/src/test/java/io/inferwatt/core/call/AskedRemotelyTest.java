package io.inferwatt.core.call;

import static io.inferwatt.core.call.TokenUsage.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.call.RemoteTarget.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What calls ask of other machines: who owns it when they are inside each other, or go on elsewhere. */
class AskedRemotelyTest {

    @TempDir
    Path noProc;

    private final AtomicLong now = new AtomicLong(1_000);
    private final CallDrain drain = new CallDrain();

    private Calls calls() {
        return new Calls(new CallRecorder(2, 1024), now::get, Duration.ofSeconds(10), new EnginePools(noProc));
    }

    private record Ended(long requests, String model, long input, long output, Outcome outcome) {}

    private List<Ended> ended(Calls calls) {
        calls.drain(drain, now.get());
        List<Ended> ended = new ArrayList<>();
        CallRecord view = new CallRecord();
        for (int i = 0; i < drain.recordCount(); i++) {
            CallRecord record = drain.record(i, view);
            String model = record.target() == TargetTable.NONE
                    ? ""
                    : calls.targets().target(record.target()).model();
            ended.add(
                    new Ended(record.requests(), model, record.inputTokens(), record.outputTokens(), record.outcome()));
        }
        return ended;
    }

    private static RemoteTarget target(String model) {
        return new RemoteTarget("client", "openai", "api.openai.com", "", model, Work.TEXT, "");
    }

    private InferenceCall begin(Calls calls, String layer, String model) {
        InferenceCall call = calls.start(layer, calls.key(ModelKey.remote(model, "chat")), 1);
        calls.ask(call, calls.target(target(model)));
        return call;
    }

    private InferenceCall beginLocal(Calls calls, String layer) {
        return calls.start(layer, calls.key(ModelKey.of("rag")), 1);
    }

    @Test
    void call_alone_carriesTargetTokensAndFirstToken() {
        Calls calls = calls();
        InferenceCall call = begin(calls, "openai-java", "gpt-4o");
        call.asks(calls.target(target("gpt-4o-2024-08-06")));
        call.tokens(100, 40, 20, 5);
        now.addAndGet(7);
        call.firstToken(now.get());
        call.firstToken(now.get() + 1);
        calls.finish(call, Outcome.OK);

        assertThat(ended(calls)).containsExactly(new Ended(1, "gpt-4o-2024-08-06", 100, 20, Outcome.OK));
        CallRecord record = drain.record(0, new CallRecord());
        assertThat(record.cachedTokens()).isEqualTo(40);
        assertThat(record.reasoningTokens()).isEqualTo(5);
        assertThat(record.firstTokenNanos()).isEqualTo(1_007);
        assertThat(calls.keys().key(record.key())).isEqualTo(ModelKey.remote("gpt-4o", "chat"));
    }

    @Test
    void callOfAClientInsideAFramework_isOneRequestWithTheClientsWord() {
        Calls calls = calls();
        InferenceCall framework = begin(calls, "spring-ai", "gpt-4o");
        InferenceCall client = begin(calls, "openai-java", "gpt-4o");
        client.asks(calls.target(target("gpt-4o-2024-08-06")));
        client.tokens(100, UNKNOWN, 20, UNKNOWN);
        calls.finish(client, Outcome.OK);
        framework.tokens(1, UNKNOWN, 1, UNKNOWN);
        framework.asks(calls.target(target("something else")));
        calls.finish(framework, Outcome.OK);

        assertThat(ended(calls)).containsExactly(new Ended(1, "gpt-4o-2024-08-06", 100, 20, Outcome.OK));
    }

    @Test
    void severalCallsOfOneModelInsideAFramework_addUp() {
        Calls calls = calls();
        InferenceCall framework = begin(calls, "spring-ai", "gpt-4o");
        for (int round = 0; round < 3; round++) {
            InferenceCall client = begin(calls, "openai-java", "gpt-4o");
            if (round > 0) {
                client.tokens(100, 10, 20, UNKNOWN);
            }
            calls.finish(client, round > 0 ? Outcome.OK : Outcome.ERROR);
        }
        calls.finish(framework, Outcome.OK);

        assertThat(ended(calls)).containsExactly(new Ended(1, "gpt-4o", 200, 40, Outcome.OK));
    }

    @Test
    void frameworkOverAClientThatTellsNothing_tellsItself() {
        Calls calls = calls();
        InferenceCall framework = begin(calls, "spring-ai", "gpt-4o");
        InferenceCall client = begin(calls, "openai-java", "gpt-4o");
        calls.finish(client, Outcome.OK);
        framework.tokens(100, UNKNOWN, 20, UNKNOWN);
        calls.finish(framework, Outcome.OK);

        assertThat(ended(calls)).containsExactly(new Ended(1, "gpt-4o", 100, 20, Outcome.OK));
    }

    @Test
    void callsOfDifferentModelsInsideOne_areOneRequestAndTwoEstimates() {
        Calls calls = calls();
        InferenceCall rag = beginLocal(calls, "methods");
        InferenceCall embed = begin(calls, "openai-java", "text-embedding-3-small");
        embed.tokens(8, UNKNOWN, UNKNOWN, UNKNOWN);
        calls.finish(embed, Outcome.OK);
        InferenceCall chat = begin(calls, "openai-java", "gpt-4o");
        chat.tokens(100, UNKNOWN, 20, UNKNOWN);
        calls.finish(chat, Outcome.OK);
        calls.finish(rag, Outcome.OK);

        assertThat(ended(calls))
                .containsExactlyInAnyOrder(
                        new Ended(1, "text-embedding-3-small", 8, UNKNOWN, Outcome.OK),
                        new Ended(0, "gpt-4o", 100, 20, Outcome.OK));
        int key = calls.key(ModelKey.of("rag"));
        assertThat(drain.record(0, new CallRecord()).key()).isEqualTo(key);
        assertThat(drain.record(1, new CallRecord()).key()).isEqualTo(key);
        assertThat(drain.ended(key)).isOne();
    }

    @Test
    void streamInsideAMethodThatHasReturned_isAPartOfNoRequestOfItsOwn() {
        Calls calls = calls();
        InferenceCall method = beginLocal(calls, "methods");
        InferenceCall client = begin(calls, "openai-java", "gpt-4o");
        DetachedCall stream = calls.detach(client);
        assertThat(stream).isNotNull();
        calls.finish(method, Outcome.OK);
        stream.tokens(100, UNKNOWN, 20, UNKNOWN);
        stream.finish(Outcome.CANCELLED);
        stream.finish(Outcome.OK);

        assertThat(ended(calls))
                .containsExactly(
                        new Ended(1, "", UNKNOWN, UNKNOWN, Outcome.OK),
                        new Ended(0, "gpt-4o", 100, 20, Outcome.CANCELLED));
        assertThat(drain.inFlight(calls.key(ModelKey.of("rag")))).isZero();
        assertThat(drain.unitsEnded(calls.key(ModelKey.of("rag")))).isOne();
    }

    @Test
    void streamInsideAStream_belongsToTheOuterOne() {
        Calls calls = calls();
        DetachedCall outer = calls.detach(begin(calls, "spring-ai", "gpt-4o"));
        InferenceCall subscribing = calls.attach(outer);
        DetachedCall inner = calls.detach(begin(calls, "openai-java", "gpt-4o"));
        calls.finish(subscribing, Outcome.OK);
        inner.firstToken(2_000);
        inner.tokens(100, UNKNOWN, 20, UNKNOWN);
        inner.asks(calls.target(target("gpt-4o-2024-08-06")));
        inner.finish(Outcome.OK);
        outer.tokens(100, UNKNOWN, 20, UNKNOWN);
        outer.finish(Outcome.OK);

        assertThat(ended(calls)).containsExactly(new Ended(1, "gpt-4o-2024-08-06", 100, 20, Outcome.OK));
        assertThat(drain.record(0, new CallRecord()).firstTokenNanos()).isEqualTo(2_000);
    }

    @Test
    void streamThatOutlivesTheOuterOne_isAPartWithItsOwnTokens() {
        Calls calls = calls();
        DetachedCall outer = calls.detach(begin(calls, "spring-ai", "gpt-4o"));
        InferenceCall subscribing = calls.attach(outer);
        DetachedCall inner = calls.detach(begin(calls, "openai-java", "gpt-4o"));
        calls.finish(subscribing, Outcome.OK);
        outer.finish(Outcome.CANCELLED);
        inner.tokens(100, UNKNOWN, 20, UNKNOWN);
        inner.finish(Outcome.OK);

        assertThat(ended(calls))
                .containsExactly(
                        new Ended(1, "gpt-4o", UNKNOWN, UNKNOWN, Outcome.CANCELLED),
                        new Ended(0, "gpt-4o", 100, 20, Outcome.OK));
    }

    @Test
    void frameworkInsideAMethod_isToldOfByItsClientAlone() {
        Calls calls = calls();
        InferenceCall method = beginLocal(calls, "methods");
        InferenceCall framework = begin(calls, "spring-ai", "gpt-4o");
        InferenceCall client = begin(calls, "openai-java", "gpt-4o-2024-08-06");
        client.tokens(100, UNKNOWN, 20, UNKNOWN);
        calls.finish(client, Outcome.OK);
        framework.tokens(100, UNKNOWN, 20, UNKNOWN);
        calls.finish(framework, Outcome.OK);
        calls.finish(method, Outcome.OK);

        assertThat(ended(calls)).containsExactly(new Ended(1, "gpt-4o-2024-08-06", 100, 20, Outcome.OK));
    }

    @Test
    void frameworksStreamInsideAMethodThatWaits_isToldOfByItsClientAlone() {
        Calls calls = calls();
        InferenceCall method = beginLocal(calls, "methods");
        DetachedCall outer = calls.detach(begin(calls, "spring-ai", "gpt-4o"));
        InferenceCall subscribing = calls.attach(outer);
        DetachedCall inner = calls.detach(begin(calls, "openai-java", "gpt-4o-2024-08-06"));
        calls.finish(subscribing, Outcome.OK);
        inner.tokens(100, UNKNOWN, 20, UNKNOWN);
        inner.finish(Outcome.OK);
        outer.tokens(100, UNKNOWN, 20, UNKNOWN);
        outer.finish(Outcome.OK);
        calls.finish(method, Outcome.OK);

        assertThat(ended(calls))
                .containsExactlyInAnyOrder(
                        new Ended(0, "gpt-4o-2024-08-06", 100, 20, Outcome.OK),
                        new Ended(1, "", UNKNOWN, UNKNOWN, Outcome.OK));
    }

    @Test
    void frameworkThatEndsBeforeItsClient_hasToldTheSame() {
        Calls calls = calls();
        DetachedCall outer = calls.detach(begin(calls, "spring-ai", "gpt-4o"));
        InferenceCall subscribing = calls.attach(outer);
        DetachedCall inner = calls.detach(begin(calls, "openai-java", "gpt-4o"));
        calls.finish(subscribing, Outcome.OK);
        outer.tokens(100, UNKNOWN, 20, UNKNOWN);
        outer.finish(Outcome.OK);
        inner.tokens(100, UNKNOWN, 20, UNKNOWN);
        inner.finish(Outcome.OK);

        assertThat(ended(calls)).containsExactly(new Ended(1, "gpt-4o", 100, 20, Outcome.OK));
    }

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void frameworkOverAClientThatAnswersLater_isCountedOnce(boolean outerGoesOn, boolean innerFirst) {
        Calls calls = calls();
        InferenceCall framework = begin(calls, "spring-ai", "gpt-4o");
        DetachedCall inner = calls.detach(begin(calls, "openai-java", "gpt-4o"));
        framework.tokens(100, UNKNOWN, 20, UNKNOWN);
        DetachedCall outer = outerGoesOn ? calls.detach(framework) : null;
        if (innerFirst) {
            inner.tokens(100, UNKNOWN, 20, UNKNOWN);
            inner.finish(Outcome.OK);
        }
        if (outer == null) {
            calls.finish(framework, Outcome.OK);
        } else {
            outer.finish(Outcome.OK);
        }
        if (!innerFirst) {
            inner.tokens(100, UNKNOWN, 20, UNKNOWN);
            inner.finish(Outcome.OK);
        }

        List<Ended> ended = ended(calls);
        assertThat(ended).filteredOn(one -> one.output() != UNKNOWN).hasSize(1);
        assertThat(ended).filteredOn(one -> !one.model().isEmpty()).hasSize(1);
        assertThat(ended.stream().mapToLong(Ended::requests).sum()).isOne();
    }

    @Test
    void frameworkOverAClientThatAnswersLaterWithoutUsage_tellsItself() {
        Calls calls = calls();
        InferenceCall framework = begin(calls, "spring-ai", "gpt-4o");
        DetachedCall inner = calls.detach(begin(calls, "openai-java", "gpt-4o"));
        inner.finish(Outcome.OK);
        framework.tokens(100, UNKNOWN, 20, UNKNOWN);
        calls.finish(framework, Outcome.OK);

        assertThat(ended(calls)).containsExactly(new Ended(1, "gpt-4o", 100, 20, Outcome.OK));
    }

    @Test
    void frameworkInsideAMethodOverAClientWithoutUsage_tellsItself() {
        Calls calls = calls();
        InferenceCall method = beginLocal(calls, "methods");
        InferenceCall framework = begin(calls, "spring-ai", "gpt-4o");
        calls.finish(begin(calls, "openai-java", "gpt-4o"), Outcome.OK);
        framework.tokens(100, UNKNOWN, 20, UNKNOWN);
        calls.finish(framework, Outcome.OK);
        calls.finish(method, Outcome.OK);

        assertThat(ended(calls)).containsExactly(new Ended(1, "gpt-4o", 100, 20, Outcome.OK));
    }

    /** Images are counted by units, which the method around knows nothing of. */
    @Test
    void callsWithoutTokensInsideAMethod_areEachRecordedWithTheirUnits() {
        Calls calls = calls();
        InferenceCall method = beginLocal(calls, "methods");
        InferenceCall chat = begin(calls, "openai-java", "gpt-4o");
        chat.tokens(100, UNKNOWN, 20, UNKNOWN);
        calls.finish(chat, Outcome.OK);
        for (int images = 2; images < 4; images++) {
            InferenceCall framework = calls.start("spring-ai", calls.key(ModelKey.remote("flux", "image")), images);
            framework.asks(calls.target(target("flux")));
            InferenceCall client = calls.start("openai-java", calls.key(ModelKey.remote("flux", "image")), images);
            client.asks(calls.target(target("flux")));
            calls.finish(client, Outcome.OK);
            calls.finish(framework, Outcome.OK);
        }
        calls.finish(method, Outcome.OK);

        assertThat(ended(calls))
                .containsExactly(
                        new Ended(0, "flux", UNKNOWN, UNKNOWN, Outcome.OK),
                        new Ended(0, "flux", UNKNOWN, UNKNOWN, Outcome.OK),
                        new Ended(1, "gpt-4o", 100, 20, Outcome.OK));
        assertThat(drain.record(0, new CallRecord()).units()).isEqualTo(2);
        assertThat(drain.record(1, new CallRecord()).units()).isEqualTo(3);
    }

    @Test
    void triesThatFailBeforeOneThatAnswers_arePartOfIt() {
        Calls calls = calls();
        InferenceCall method = beginLocal(calls, "methods");
        calls.finish(begin(calls, "openai-java", "gpt-4o"), Outcome.ERROR);
        InferenceCall client = begin(calls, "openai-java", "gpt-4o-2024-08-06");
        client.tokens(100, UNKNOWN, 20, UNKNOWN);
        calls.finish(client, Outcome.OK);
        calls.finish(method, Outcome.OK);

        assertThat(ended(calls)).containsExactly(new Ended(1, "gpt-4o-2024-08-06", 100, 20, Outcome.OK));
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void streamThatFailsAfterTheOuterOne_isNoRequestMore(boolean closed) {
        Calls calls = calls();
        DetachedCall outer = calls.detach(begin(calls, "spring-ai", "gpt-4o"));
        InferenceCall subscribing = calls.attach(outer);
        DetachedCall inner = calls.detach(begin(calls, "openai-java", "gpt-4o"));
        calls.finish(subscribing, Outcome.OK);
        outer.finish(Outcome.ERROR);
        inner.finish(closed ? Outcome.CANCELLED : Outcome.ERROR);

        assertThat(ended(calls)).containsExactly(new Ended(1, "gpt-4o", UNKNOWN, UNKNOWN, Outcome.ERROR));
    }

    @Test
    void streamInsideAMethod_isGivenUpWhenItIsTooOldItself_notByTheClockAlone() {
        now.set(Duration.ofDays(3).toNanos()); // as of a machine that has run for long
        Calls calls = calls();
        DetachedCall outer = calls.detach(begin(calls, "spring-ai", "gpt-4o"));
        InferenceCall subscribing = calls.attach(outer);
        DetachedCall inner = calls.detach(begin(calls, "openai-java", "gpt-4o"));
        calls.finish(subscribing, Outcome.OK);
        now.addAndGet(Duration.ofSeconds(9).toNanos());
        calls.forgetDeadThreads();
        assertThat(inner.inFlight()).isTrue();
        inner.tokens(100, UNKNOWN, 20, UNKNOWN);
        inner.finish(Outcome.OK);
        outer.finish(Outcome.OK);

        assertThat(ended(calls)).containsExactly(new Ended(1, "gpt-4o", 100, 20, Outcome.OK));
    }

    @Test
    void partApart_beganWhenItAsked() {
        Calls calls = calls();
        InferenceCall method = beginLocal(calls, "methods");
        now.addAndGet(500);
        InferenceCall first = begin(calls, "openai-java", "gpt-4o");
        now.addAndGet(30);
        first.firstToken(now.get());
        calls.finish(first, Outcome.OK);
        now.addAndGet(70);
        DetachedCall second = calls.detach(begin(calls, "openai-java", "o3"));
        now.addAndGet(5);
        second.finish(Outcome.OK);
        calls.finish(method, Outcome.OK);

        assertThat(ended(calls)).extracting(Ended::model).containsExactly("gpt-4o", "o3", "");
        CallRecord record = drain.record(0, new CallRecord());
        assertThat(record.beginNanos()).isEqualTo(1_500);
        assertThat(record.endNanos()).isEqualTo(1_530);
        record = drain.record(1, new CallRecord());
        assertThat(record.beginNanos()).isEqualTo(1_600);
        assertThat(record.endNanos()).isEqualTo(1_605);
    }

    @Test
    void callInsideAnother_thatDoesNotSayWhenItAsks_beganWithThatOne() {
        Calls calls = calls();
        InferenceCall method = beginLocal(calls, "methods");
        now.addAndGet(500);
        InferenceCall client = calls.start("openai-java", calls.key(ModelKey.remote("gpt-4o", "chat")), 1);
        client.asks(calls.target(target("gpt-4o")));
        calls.finish(client, Outcome.OK);
        calls.finish(method, Outcome.OK);

        assertThat(ended(calls)).hasSize(2);
        assertThat(drain.record(0, new CallRecord()).beginNanos()).isEqualTo(1_000);
    }

    @Test
    void partThatNeverEnds_isGivenUpOnce() {
        Calls calls = calls();
        InferenceCall method = beginLocal(calls, "methods");
        DetachedCall stream = calls.detach(begin(calls, "openai-java", "gpt-4o"));
        calls.finish(method, Outcome.OK);
        now.addAndGet(Duration.ofSeconds(11).toNanos());
        calls.forgetDeadThreads();
        stream.finish(Outcome.OK);

        assertThat(ended(calls)).extracting(Ended::outcome).containsExactlyInAnyOrder(Outcome.OK, Outcome.ABANDONED);
    }

    @Test
    void targets_beyondTheTable_shareOneNumber() {
        Calls calls = calls();
        int first = calls.target(target("first"));
        for (int i = 0; i < TargetTable.CAPACITY; i++) {
            calls.target(target("model-" + i));
        }

        assertThat(calls.target(target("first"))).isEqualTo(first).isNotEqualTo(TargetTable.NONE);
        assertThat(calls.targets().target(calls.target(target("one too many")))).isEqualTo(RemoteTarget.OTHER);
    }

    @Test
    void record_holdsTheLargestNumbersOfAll() {
        InferenceCall call = new InferenceCall(new ThreadCalls(Thread.currentThread(), false, new TargetTable()));
        call.open("layer", KeyTable.CAPACITY - 1, 0x7fff_ffffL, 3);
        call.asks(TargetTable.CAPACITY - 1);
        long[] array = new long[CallRecorder.RECORD];
        CallRecord.write(call, array, 0, CallRecord.packed(call, Outcome.ABANDONED), 9);
        CallRecord record = new CallRecord();
        record.pointAt(array, 0);

        assertThat(record.key()).isEqualTo(KeyTable.CAPACITY - 1);
        assertThat(record.target()).isEqualTo(TargetTable.CAPACITY - 1);
        assertThat(record.requests()).isEqualTo(0x7fff_ffffL);
        assertThat(record.outcome()).isEqualTo(Outcome.ABANDONED);
    }

    /** Whatever is inside whatever, each token that a client told is in one record of its model, and each outermost call is one request. */
    @RepeatedTest(200)
    void tokensOfClients_areCountedOnce(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Calls calls = calls();
        Map<String, Long> told = new HashMap<>();
        List<Runnable> later = new ArrayList<>();
        int roots = 1 + random.nextInt(5);
        for (int i = 0; i < roots; i++) {
            boolean local = random.nextBoolean();
            InferenceCall root = local ? beginLocal(calls, "methods") : begin(calls, "spring-ai", "model-0");
            DetachedCall whole = null;
            InferenceCall thread = root;
            if (random.nextBoolean()) {
                whole = calls.detach(root);
                thread = calls.attach(whole);
            }
            for (int inside = random.nextInt(5); inside > 0; inside--) {
                inside(calls, random, told, later);
            }
            calls.finish(thread, Outcome.OK);
            DetachedCall end = whole;
            if (end != null) {
                later.add(random.nextInt(later.size() + 1), () -> end.finish(Outcome.OK));
            }
        }
        later.forEach(Runnable::run);

        Map<String, Long> recorded = new HashMap<>();
        long requests = 0;
        for (Ended one : ended(calls)) {
            requests += one.requests();
            if (one.output() != UNKNOWN) {
                recorded.merge(one.model(), one.output(), Long::sum);
            }
        }
        assertThat(recorded).isEqualTo(told);
        assertThat(requests).isEqualTo(roots);
        assertThat(drain.dropped()).isZero();
    }

    private void inside(Calls calls, Random random, Map<String, Long> told, List<Runnable> later) {
        String model = "model-" + random.nextInt(3);
        long tokens = random.nextInt(4) == 0 ? UNKNOWN : 1 + random.nextInt(1000);
        if (tokens != UNKNOWN) {
            told.merge(model, tokens, Long::sum);
        }
        InferenceCall client = begin(calls, "client-" + random.nextInt(2), model);
        if (random.nextBoolean()) {
            client.tokens(UNKNOWN, UNKNOWN, tokens, UNKNOWN);
            calls.finish(client, Outcome.OK);
        } else {
            DetachedCall stream = calls.detach(client);
            later.add(random.nextInt(later.size() + 1), () -> {
                stream.tokens(UNKNOWN, UNKNOWN, tokens, UNKNOWN);
                stream.finish(Outcome.OK);
            });
        }
    }
}
