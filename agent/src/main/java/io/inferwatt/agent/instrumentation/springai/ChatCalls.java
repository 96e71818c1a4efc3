package io.inferwatt.agent.instrumentation.springai;

import io.inferwatt.agent.instrumentation.ClientParts;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.agent.instrumentation.RemoteCalls;
import io.inferwatt.core.call.RemoteTarget.Work;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.image.ImageOptions;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.ai.model.ModelOptions;
import reactor.core.publisher.Flux;

/** What the advice on Spring AI's clients of remote models does, embeddings aside: begins and ends calls. */
final class ChatCalls {

    /** Of its clients OpenAI's alone tells no usage in streams unless asked to. */
    static final RemoteCalls CALLS =
            RemoteCalls.of("spring-ai", "stream-usage of OpenAI's chat options (OpenAiChatOptions.streamUsage(true))");

    private ChatCalls() {}

    static @Nullable Object call(Object model, @Nullable Prompt prompt) {
        RemoteModel known = RemoteModels.of(model);
        return known == null ? null : chat(known, requested(known, prompt));
    }

    static RemoteCall chat(RemoteModel known, String model) {
        return CALLS.start(known.server(), model, RemoteCalls.CHAT, Work.TEXT, 1);
    }

    static void answered(
            @Nullable Object call, Object model, @Nullable ChatResponse response, @Nullable Throwable error) {
        if (call != null) {
            ((RemoteCall) call).answered(response, (asked, answer) -> tell(asked, model, answer), error);
        }
    }

    private static void tell(RemoteCall call, Object model, ChatResponse response) {
        RemoteModel known = RemoteModels.of(model);
        if (known != null) {
            tell(call, known, response);
        }
    }

    static void tell(RemoteCall call, RemoteModel known, ChatResponse response) {
        ChatResponseMetadata metadata = response.getMetadata();
        if (metadata != null) {
            call.answeredBy(metadata.getModel());
            ReportedUsage.tell(call, metadata.getUsage(), known.countsCacheApart());
        }
    }

    /** Nothing is asked before somebody subscribes. */
    static Flux<ChatResponse> streamed(Object model, @Nullable Prompt prompt, Flux<ChatResponse> answer) {
        RemoteModel known = RemoteModels.of(model);
        return known == null ? answer : new MeteredStream(answer, known, requested(known, prompt));
    }

    private static String requested(RemoteModel known, @Nullable Prompt prompt) {
        // What the library refuses, such as null, it refuses itself: the error is the application's, not ours.
        return RequestedModel.either(prompt == null ? null : prompt.getOptions(), known.options());
    }

    static @Nullable Object images(Object model, @Nullable ImagePrompt prompt) {
        RemoteModel known = RemoteModels.of(model);
        if (known == null) {
            return null;
        }
        ModelOptions requested = prompt == null ? null : prompt.getOptions();
        Integer number = number(requested);
        Integer usual = number == null ? number(known.options()) : number;
        String size = size(requested);
        return CALLS.start(
                known.server(),
                RequestedModel.either(requested, known.options()),
                RemoteCalls.IMAGE_GENERATION,
                Work.IMAGE,
                usual == null ? 1 : usual,
                size.isEmpty() ? size(known.options()) : size);
    }

    private static @Nullable Integer number(@Nullable ModelOptions options) {
        return options instanceof ImageOptions images ? images.getN() : null;
    }

    private static String size(@Nullable ModelOptions options) {
        if (!(options instanceof ImageOptions images)) {
            return "";
        }
        Integer width = images.getWidth();
        Integer height = images.getHeight();
        return width == null || height == null ? ClientParts.text(options, "size") : width + "x" + height;
    }

    static void finish(@Nullable Object call, @Nullable Throwable error) {
        if (call != null) {
            ((RemoteCall) call).finish(error);
        }
    }
}
