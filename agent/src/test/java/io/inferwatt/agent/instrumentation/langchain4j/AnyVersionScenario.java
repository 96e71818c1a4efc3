package io.inferwatt.agent.instrumentation.langchain4j;

import dev.langchain4j.inferwatt.AtOnceStreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;

/** A streamed chat with what every version of LangChain4j has. */
public final class AnyVersionScenario implements Callable<List<String>> {

    @Override
    public List<String> call() {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        new AtOnceStreamingChatModel().chat("Hi", new StreamingChatResponseHandler() {

            @Override
            public void onPartialResponse(String text) {
                told.add(text);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                told.add("end: " + response.aiMessage().text());
            }

            @Override
            public void onError(Throwable error) {
                told.add(error.toString());
            }
        });
        return told;
    }
}
