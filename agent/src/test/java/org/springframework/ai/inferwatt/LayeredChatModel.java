package org.springframework.ai.inferwatt;

import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.agent.instrumentation.RemoteCalls;
import io.inferwatt.agent.instrumentation.RemoteServer;
import io.inferwatt.core.call.RemoteTarget.Work;
import java.util.List;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;

/** Stands for a model over a client that is metered itself, as most of Spring AI's are. */
public final class LayeredChatModel implements ChatModel {

    private static final RemoteCalls CLIENT = RemoteCalls.of("client-below");
    private static final RemoteServer SERVER = RemoteServer.of("openai", "https://api.openai.com/v1", "");

    private final int rounds;

    /** @param rounds how often it asks for one answer, as with tools */
    public LayeredChatModel(int rounds) {
        this.rounds = rounds;
    }

    @Override
    public ChatOptions getOptions() {
        return ChatOptions.builder().model("layered-1").build();
    }

    @Override
    public ChatResponse call(Prompt prompt) {
        for (int i = 0; i < rounds; i++) {
            RemoteCall client = ask();
            told(client);
        }
        return response("Hello there");
    }

    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
        return round(1);
    }

    /** What comes after a tool was called is another stream, within the first. */
    private Flux<ChatResponse> round(int number) {
        Flux<ChatResponse> asked = Flux.create(sink -> {
            RemoteCall client = ask();
            client.detach();
            new Thread(() -> {
                        sink.next(response("Hello"));
                        told(client);
                        sink.complete();
                    })
                    .start();
        });
        return number == rounds ? asked : asked.concatWith(Flux.defer(() -> stream(new Prompt("tool"), number + 1)));
    }

    private Flux<ChatResponse> stream(Prompt prompt, int number) {
        return number > rounds ? Flux.empty() : new LayeredChatModel(rounds - number + 1).stream(prompt);
    }

    private static RemoteCall ask() {
        return CLIENT.start(SERVER, "layered-1", RemoteCalls.CHAT, Work.TEXT, 1);
    }

    private static void told(RemoteCall client) {
        client.answeredBy("layered-1-2026");
        client.tokens(10, 4, 6, 2);
        client.finish((Throwable) null);
    }

    private static ChatResponse response(String text) {
        return new ChatResponse(
                List.of(new Generation(new AssistantMessage(text))),
                ChatResponseMetadata.builder()
                        .model("layered-1-2026")
                        .usage(new DefaultUsage(10, 6))
                        .build());
    }
}
