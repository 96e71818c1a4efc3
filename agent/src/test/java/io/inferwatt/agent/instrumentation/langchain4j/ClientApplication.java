package io.inferwatt.agent.instrumentation.langchain4j;

import io.inferwatt.agent.instrumentation.LibraryScenario;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What an application does with clients of remote models. Implemented by a class of the application's loader. */
public interface ClientApplication extends LibraryScenario {

    /** What a handler was told, in order; completed by its end. */
    record Streamed(List<String> told, CompletableFuture<String> end) {}

    /** Uses clients that talk to a server from now on. */
    void talkTo(String address);

    /** Returns the text of the answer. */
    String chat(String model);

    /** Chats by each of the methods there are for that, four times. */
    void chatByEachMethod();

    /** Chats through a decorator of the application's own, and through one that overrides only {@code chat}. */
    void chatThroughDecorators();

    /** Chats with a model of the application's own, which asks nobody. */
    void chatWithOwnModel();

    Streamed stream();

    /** Streams and cancels when the first piece has come: within the handler, else from the calling thread. */
    Streamed streamAndCancel(boolean withinHandler) throws Exception;

    /** Streams with a handler that nobody wrote for cancelling, and which throws at each piece. */
    Streamed streamWithFailingHandler();

    Streamed streamThroughDecorator();

    /** Embeds so many texts. */
    int embed(int texts);

    /** Makes so many images of 256x256. */
    int images(int number);

    String complete();

    Streamed streamCompletion();

    void moderate();

    /** Chats with the client of Anthropic, whose server is the same. */
    void chatWithAnthropic();

    void chatWithGemini();

    void chatWithOllama();

    /** Calls what there is only since 1.23, with a client that stands for one of that version. */
    CompletableFuture<Object> chatLater(CompletableFuture<Object> answer);

    /** An answer for {@link #chatLater}. */
    Object answer(String model, int input, int output);

    /** Calls a streaming client that tells its handler everything before its method returns. */
    Streamed streamAtOnce();
}
