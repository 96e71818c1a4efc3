package io.inferwatt.agent.instrumentation.googlegenai;

import com.google.genai.ResponseStream;
import com.google.genai.types.EmbedContentResponse;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerateImagesConfig;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.agent.instrumentation.RemoteCalls;
import io.inferwatt.agent.instrumentation.SeenFirst;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import io.inferwatt.core.call.RemoteTarget.Work;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the advice on Google's client does: begins calls, adds up their rounds, follows their streams and ends them. */
final class GoogleGenAiCalls {

    private static final RemoteCalls CALLS = RemoteCalls.of("google-genai");

    /** The generation whose requests this thread is about to send. */
    private static final ThreadLocal<Generation> CURRENT = new ThreadLocal<>();

    /** The generations that send several requests one after another on any thread, by the functions that the model may call. */
    private static final WeakIdentityMap<Object, Generation> IN_ROUNDS = new WeakIdentityMap<>();

    /** By the stream and by its iterator. */
    private static final WeakIdentityMap<Object, StreamedAnswer> STREAMS = new WeakIdentityMap<>();

    private GoogleGenAiCalls() {}

    static Object generate(Object client, @Nullable String model) {
        RemoteCall call = chat(client, model);
        try {
            Generation generation = new Generation(call, CURRENT.get());
            CURRENT.set(generation);
            return generation;
        } catch (Throwable broken) { // for want of memory: nobody could ever end it
            call.lost();
            throw broken;
        }
    }

    private static RemoteCall chat(Object client, @Nullable String model) {
        return CALLS.start(GoogleGenAiServers.of(client), name(model), RemoteCalls.CHAT, Work.TEXT, 1);
    }

    /** Models may be named by a path, such as {@code models/gemini-pro} or {@code publishers/google/models/gemini-pro}. */
    private static String name(@Nullable String model) {
        return model == null ? "" : model.substring(model.lastIndexOf('/') + 1);
    }

    static void generated(
            @Nullable Object begun, @Nullable GenerateContentResponse response, @Nullable Throwable error) {
        if (begun instanceof Generation generation) {
            goBackTo(generation.around());
            generation.call().answered(generation, (call, own) -> own.tell(response), error);
        }
    }

    static void generatesLater(
            @Nullable Object begun,
            @Nullable CompletableFuture<GenerateContentResponse> response,
            @Nullable Throwable error) {
        if (begun instanceof Generation generation) {
            goBackTo(generation.around());
            if (response == null) {
                generation.call().finish(error);
            } else {
                generation.call().detachUntil(response, (call, answer) -> generation.tell(answer));
            }
        }
    }

    private static void goBackTo(@Nullable Generation generation) {
        if (generation == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(generation);
        }
    }

    /** A request of a generation: what fails at its end must not end the generation, which goes on. */
    private record Round(Generation generation) {}

    /** Takes the generation off the thread, so that methods inside this one do not count the same request. */
    static @Nullable Object round() {
        Generation generation = CURRENT.get();
        CURRENT.remove();
        return generation == null ? null : new Round(generation);
    }

    static void rounded(@Nullable Object taken, @Nullable GenerateContentResponse response) {
        if (taken instanceof Round round) {
            CURRENT.set(round.generation());
            round.generation().add(response);
        }
    }

    /** Returns what the library goes on with instead of the future; null for the future itself. */
    static @Nullable CompletableFuture<?> roundsLater(
            @Nullable Object taken, @Nullable CompletableFuture<GenerateContentResponse> response) {
        if (!(taken instanceof Round round)) {
            return null;
        }
        Generation generation = round.generation();
        CURRENT.set(generation);
        // Who has the sum may be told of the future's end before those who asked for it earlier.
        return response == null ? null : SeenFirst.of(response, null, generation::added);
    }

    /** Returns something if this puts the generation on the thread. */
    static @Nullable Object goOn(@Nullable Object functions) {
        if (functions == null) {
            return null;
        }
        Generation current = CURRENT.get();
        Generation known = IN_ROUNDS.get(functions);
        if (known == null && current != null) {
            IN_ROUNDS.put(functions, current);
        }
        if (known == null || current != null) {
            return null;
        }
        CURRENT.set(known);
        return functions; // not the generation: what fails at the exit must not end it
    }

    static void wentOn(@Nullable Object putThere) {
        if (putThere != null) {
            CURRENT.remove();
        }
    }

    static Object stream(Object client, @Nullable String model) {
        return chat(client, model);
    }

    static void streams(@Nullable Object begun, @Nullable ResponseStream<?> chunks, @Nullable Throwable error) {
        if (begun instanceof RemoteCall call) {
            if (chunks == null) {
                call.finish(error);
            } else {
                call.detach();
                follow(chunks, call);
            }
        }
    }

    /** Returns what the application gets instead of the future; null for the future itself. */
    static @Nullable CompletableFuture<?> streamsLater(
            @Nullable Object begun, @Nullable CompletableFuture<?> chunks, @Nullable Throwable error) {
        if (!(begun instanceof RemoteCall call)) {
            return null;
        }
        if (chunks == null) {
            call.finish(error);
            return null;
        }
        call.detach();
        return followed(chunks, call);
    }

    private static <T> CompletableFuture<T> followed(CompletableFuture<T> chunks, RemoteCall call) {
        return SeenFirst.of(chunks, call, value -> {
            follow((ResponseStream<?>) value, call);
            return value;
        });
    }

    private static void follow(ResponseStream<?> chunks, RemoteCall call) {
        StreamedAnswer answer = new StreamedAnswer(call);
        STREAMS.put(chunks.iterator(), answer);
        STREAMS.put(chunks, answer);
    }

    static void read(Object chunks, @Nullable Object chunk, @Nullable Throwable error) {
        StreamedAnswer answer = STREAMS.get(chunks);
        if (answer != null) {
            answer.read(chunk, error);
        }
    }

    static void asked(Object chunks, boolean more, @Nullable Throwable error) {
        StreamedAnswer answer = more ? null : STREAMS.get(chunks);
        if (answer != null) {
            answer.end(error);
        }
    }

    static void closed(Object chunks) {
        StreamedAnswer answer = STREAMS.get(chunks);
        if (answer != null) {
            answer.closed();
        }
    }

    static Object embed(Object client, @Nullable String model, @Nullable Object inputs) {
        int units = inputs instanceof List<?> several ? several.size() : 1;
        return CALLS.start(
                GoogleGenAiServers.of(client), name(model), RemoteCalls.EMBEDDINGS, Work.EMBEDDING, Math.max(1, units));
    }

    static void embedded(@Nullable Object begun, @Nullable EmbedContentResponse response, @Nullable Throwable error) {
        if (begun instanceof RemoteCall call) {
            call.answered(response, GeminiUsage::tell, error);
        }
    }

    static void embedsLater(
            @Nullable Object begun,
            @Nullable CompletableFuture<EmbedContentResponse> response,
            @Nullable Throwable error) {
        if (begun instanceof RemoteCall call) {
            if (response == null) {
                call.finish(error);
            } else {
                call.detachUntil(response, GeminiUsage::tell);
            }
        }
    }

    static Object makeImages(Object client, @Nullable String model, @Nullable GenerateImagesConfig config) {
        String size = ImagenImages.size(config);
        return CALLS.start(
                GoogleGenAiServers.of(client),
                name(model),
                RemoteCalls.IMAGE_GENERATION,
                size.isEmpty() ? Work.OTHER : Work.IMAGE,
                ImagenImages.count(config),
                size);
    }

    static void madeImages(@Nullable Object begun, @Nullable Throwable error) {
        if (begun instanceof RemoteCall call) {
            call.finish(error);
        }
    }

    static void makesImagesLater(
            @Nullable Object begun, @Nullable CompletableFuture<?> response, @Nullable Throwable error) {
        if (begun instanceof RemoteCall call) {
            if (response == null) {
                call.finish(error);
            } else {
                call.detachUntil(response, (whole, images) -> {});
            }
        }
    }
}
