package io.inferwatt.agent.instrumentation.springai;

import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.testservers.OpenAiChatWire;
import io.inferwatt.core.testservers.WireServer;
import java.util.ArrayList;
import java.util.List;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.image.ImageOptionsBuilder;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.ai.inferwatt.LayeredChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.ai.openai.OpenAiImageModel;
import org.springframework.ai.openai.OpenAiImageOptions;
import reactor.core.publisher.Flux;

/** Spring AI's own clients, over real HTTP; alone a chat with OpenAI's. */
public final class ClientScenario implements ClientApplication {

    private static final String MODEL = "gpt-4o-mini";

    private WireServer server;
    private String address = "";

    @Override
    public void talkTo(String serverAddress) {
        address = serverAddress;
    }

    private void alone() {
        if (server == null) {
            server = new WireServer();
            address = server.address();
        }
    }

    private OpenAiChatModel model() {
        return OpenAiChatModel.builder()
                .options(OpenAiChatOptions.builder()
                        .baseUrl(address + "/v1")
                        .apiKey("key")
                        .model(MODEL)
                        .maxRetries(1)
                        .streamUsage(true)
                        .build())
                .build();
    }

    @Override
    public void call() {
        alone();
        server.answer(OpenAiChatWire.chat("gpt-4o-mini-2024-07-18", OpenAiChatWire.usage(10, 0, 2, 0)));
        model().call("Hi");
    }

    @Override
    public void failingCall() {
        alone();
        server.answer(OpenAiChatWire.error(400));
        model().call("Hi");
    }

    @Override
    public void callWithNull() {
        alone();
        model().call((Prompt) null);
    }

    @Override
    public ModelKey key() {
        return ModelKey.remote(MODEL, "chat");
    }

    @Override
    public long rows() {
        return 1;
    }

    @Override
    public void callAfterClose() {
        call(); // there is nothing to close
        close();
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    public String chat(String requested) {
        Prompt prompt = requested == null
                ? new Prompt("Hi")
                : new Prompt("Hi", OpenAiChatOptions.builder().model(requested).build());
        return text(model().call(prompt));
    }

    private static String text(ChatResponse response) {
        return response.getResult() == null
                ? ""
                : String.valueOf(response.getResult().getOutput().getText());
    }

    @Override
    public void chatByEachMethod() {
        OpenAiChatModel model = model();
        model.call("Hi");
        model.call(new UserMessage("Hi"));
        model.call(new Prompt("Hi"));
    }

    @Override
    public Answer stream() {
        return new Read(model().stream(new Prompt("Hi")));
    }

    @Override
    public int embed(int texts) {
        List<String> inputs = new ArrayList<>();
        for (int i = 0; i < texts; i++) {
            inputs.add("text " + i);
        }
        return OpenAiEmbeddingModel.builder()
                .options(OpenAiEmbeddingOptions.builder()
                        .baseUrl(address + "/v1")
                        .apiKey("key")
                        .model("text-embedding-3-small")
                        .build())
                .build()
                .embed(inputs)
                .size();
    }

    @Override
    public int images(boolean byRequest) {
        OpenAiImageModel model = OpenAiImageModel.builder()
                .options(OpenAiImageOptions.builder()
                        .baseUrl(address + "/v1")
                        .apiKey("key")
                        .model("dall-e-3")
                        .size("1024x1024")
                        .build())
                .build();
        ImagePrompt prompt = byRequest
                ? new ImagePrompt(
                        "a cat",
                        ImageOptionsBuilder.builder()
                                .model("dall-e-2")
                                .n(2)
                                .width(512)
                                .height(256)
                                .build())
                : new ImagePrompt("a cat");
        return model.call(prompt).getResults().size();
    }

    @Override
    public String chatThroughLayers(int rounds) {
        return new LayeredChatModel(rounds).call("Hi");
    }

    @Override
    public Answer streamThroughLayers(int rounds) {
        return new Read(new LayeredChatModel(rounds).stream(layeredPrompt()));
    }

    private static Prompt layeredPrompt() {
        return new Prompt("Hi", ChatOptions.builder().model("layered-1").build());
    }

    @Override
    public void chatThroughDecorator() {
        OpenAiChatModel model = model();
        ChatModel own = new ChatModel() {
            @Override
            public ChatResponse call(Prompt prompt) {
                return model.call(prompt);
            }
        };
        own.call("Hi");
    }

    private record Read(Flux<ChatResponse> answer) implements Answer {

        @Override
        public List<String> read() {
            return answer.map(ClientScenario::text)
                    .filter(text -> !text.isEmpty())
                    .collectList()
                    .block();
        }

        @Override
        public String readFirst() {
            return text(answer.blockFirst());
        }

        @Override
        public Runnable subscribe() {
            return answer.subscribe()::dispose;
        }
    }
}
