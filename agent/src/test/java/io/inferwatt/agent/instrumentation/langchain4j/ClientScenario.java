package io.inferwatt.agent.instrumentation.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.inferwatt.AtOnceStreamingChatModel;
import dev.langchain4j.inferwatt.FutureChatModel;
import dev.langchain4j.model.StreamingResponseHandler;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiImageModel;
import dev.langchain4j.model.openai.OpenAiLanguageModel;
import dev.langchain4j.model.openai.OpenAiModerationModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingLanguageModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.testservers.OpenAiChatWire;
import io.inferwatt.core.testservers.WireServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** LangChain4j's own clients, over real HTTP; alone a chat with OpenAI's. */
public final class ClientScenario implements ClientApplication {

    private static final String MODEL = "gpt-4o-mini";
    private static final ChatRequest REQUEST =
            ChatRequest.builder().messages(UserMessage.from("Hi")).build();

    private WireServer server;
    private String address = "";

    @Override
    public void talkTo(String serverAddress) {
        address = serverAddress;
    }

    private String alone() {
        if (server == null) {
            server = new WireServer();
            address = server.address();
        }
        return address;
    }

    private OpenAiChatModel model() {
        return OpenAiChatModel.builder()
                .baseUrl(address + "/v1")
                .apiKey("key")
                .modelName(MODEL)
                .maxRetries(2)
                .build();
    }

    private OpenAiStreamingChatModel streamingModel() {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(address + "/v1")
                .apiKey("key")
                .modelName(MODEL)
                .build();
    }

    @Override
    public void call() {
        alone();
        server.answer(OpenAiChatWire.chat("gpt-4o-mini-2024-07-18", OpenAiChatWire.usage(10, 0, 2, 0)));
        model().chat("Hi");
    }

    @Override
    public void failingCall() {
        alone();
        server.answer(OpenAiChatWire.error(400));
        model().chat("Hi");
    }

    @Override
    public void callWithNull() {
        alone();
        model().doChat(null);
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
        return model().chat(
                        requested == null
                                ? REQUEST
                                : REQUEST.toBuilder().modelName(requested).build())
                .aiMessage()
                .text();
    }

    @Override
    public void chatByEachMethod() {
        ChatModel model = model();
        model.chat("Hi");
        model.chat(UserMessage.from("Hi"));
        model.chat(List.of(UserMessage.from("Hi")));
        model.chat(REQUEST);
    }

    @Override
    public void chatThroughDecorators() {
        OpenAiChatModel model = model();
        ChatModel named = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                return model.chat(request);
            }
        };
        named.chat(REQUEST);
        ChatModel overriding = new ChatModel() {
            @Override
            public ChatResponse chat(ChatRequest request) {
                return model.chat(request);
            }
        };
        overriding.chat("Hi");
    }

    @Override
    public void chatWithOwnModel() {
        ChatModel own = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                return ChatResponse.builder().aiMessage(AiMessage.from("own")).build();
            }
        };
        own.chat("Hi");
    }

    @Override
    public Streamed stream() {
        Handler handler = new Handler();
        streamingModel().chat("Hi", handler);
        return handler.streamed;
    }

    @Override
    public Streamed streamAtOnce() {
        Handler handler = new Handler();
        new AtOnceStreamingChatModel().chat("Hi", handler);
        return handler.streamed;
    }

    @Override
    public Streamed streamThroughDecorator() {
        Handler handler = new Handler();
        StreamingChatModel model = streamingModel();
        new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler responseHandler) {
                model.chat(request, responseHandler);
            }
        }.chat("Hi", handler);
        return handler.streamed;
    }

    @Override
    public Streamed streamAndCancel(boolean withinHandler) throws Exception {
        Handler handler = new Handler();
        CompletableFuture<StreamingHandle> cancels = new CompletableFuture<>();
        streamingModel().chat("Hi", new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(PartialResponse response, PartialResponseContext context) {
                handler.onPartialResponse(response.text());
                if (withinHandler) {
                    context.streamingHandle().cancel();
                }
                cancels.complete(context.streamingHandle());
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                handler.onCompleteResponse(response);
            }

            @Override
            public void onError(Throwable error) {
                handler.onError(error);
            }
        });
        cancels.get(60, TimeUnit.SECONDS).cancel();
        return handler.streamed;
    }

    @Override
    public Streamed streamWithFailingHandler() {
        Handler handler = new Handler();
        streamingModel().chat("Hi", new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String text) {
                handler.onPartialResponse(text);
                throw new IllegalStateException("the handler's own");
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                handler.onCompleteResponse(response);
            }

            @Override
            public void onError(Throwable error) {
                handler.streamed.told().add("error " + error.getMessage());
            }
        });
        return handler.streamed;
    }

    @Override
    public int embed(int texts) {
        List<TextSegment> segments = new ArrayList<>();
        for (int i = 0; i < texts; i++) {
            segments.add(TextSegment.from("text " + i));
        }
        return OpenAiEmbeddingModel.builder()
                .baseUrl(address + "/v1")
                .apiKey("key")
                .modelName("text-embedding-3-small")
                .build()
                .embedAll(segments)
                .content()
                .size();
    }

    @Override
    public int images(int number) {
        OpenAiImageModel model = OpenAiImageModel.builder()
                .baseUrl(address + "/v1")
                .apiKey("key")
                .modelName("dall-e-2")
                .size("256x256")
                .build();
        if (number == 1) {
            return model.generate("a cat").content().url() == null ? 0 : 1;
        }
        return model.generate("a cat", number).content().size();
    }

    @Override
    public String complete() {
        return OpenAiLanguageModel.builder()
                .baseUrl(address + "/v1")
                .apiKey("key")
                .modelName("gpt-3.5-turbo-instruct")
                .build()
                .generate("Hi")
                .content();
    }

    @Override
    public Streamed streamCompletion() {
        Handler handler = new Handler();
        OpenAiStreamingLanguageModel.builder()
                .baseUrl(address + "/v1")
                .apiKey("key")
                .modelName("gpt-3.5-turbo-instruct")
                .build()
                .generate("Hi", new StreamingResponseHandler<String>() {
                    @Override
                    public void onNext(String token) {
                        handler.onPartialResponse(token);
                    }

                    @Override
                    public void onComplete(Response<String> response) {
                        handler.streamed.end().complete(response.content());
                    }

                    @Override
                    public void onError(Throwable error) {
                        handler.onError(error);
                    }
                });
        return handler.streamed;
    }

    @Override
    public void moderate() {
        OpenAiModerationModel.builder()
                .baseUrl(address + "/v1")
                .apiKey("key")
                .modelName("omni-moderation-latest")
                .build()
                .moderate("Hi");
    }

    @Override
    public void chatWithAnthropic() {
        AnthropicChatModel.builder()
                .baseUrl(address + "/v1")
                .apiKey("key")
                .modelName("claude-sonnet-4-5")
                .build()
                .chat("Hi");
    }

    @Override
    public void chatWithGemini() {
        GoogleAiGeminiChatModel.builder()
                .baseUrl(address)
                .apiKey("key")
                .modelName("gemini-2.5-flash")
                .build()
                .chat("Hi");
    }

    @Override
    public void chatWithOllama() {
        OllamaChatModel.builder()
                .baseUrl(address)
                .modelName("llama3.2:1b")
                .build()
                .chat("Hi");
    }

    @Override
    public CompletableFuture<Object> chatLater(CompletableFuture<Object> answer) {
        FutureChatModel model = new FutureChatModel(answer.thenApply(ChatResponse.class::cast));
        return model.doChatAsync(REQUEST.toBuilder().modelName("later-1").build())
                .thenApply(response -> response);
    }

    @Override
    public Object answer(String name, int input, int output) {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from("later"))
                .modelName(name)
                .tokenUsage(new TokenUsage(input, output))
                .build();
    }

    private static final class Handler implements StreamingChatResponseHandler {

        private final Streamed streamed =
                new Streamed(Collections.synchronizedList(new ArrayList<>()), new CompletableFuture<>());

        @Override
        public void onPartialResponse(String text) {
            streamed.told().add(text);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            streamed.end().complete(response.aiMessage().text());
        }

        @Override
        public void onError(Throwable error) {
            streamed.end().completeExceptionally(error);
        }
    }
}
