package org.springframework.ai.inferwatt;

import java.lang.reflect.Proxy;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

/** Stands for a client whose own options know it, as they do where a tool of theirs asks it. */
public final class SelfKnowingChatModel implements ChatModel {

    private final ChatOptions options = (ChatOptions) Proxy.newProxyInstance(
            ChatOptions.class.getClassLoader(),
            new Class<?>[] {ChatOptions.class},
            (proxy, method, arguments) -> method.getName().equals("getModel") ? name() : null);

    private String name() {
        return "self-knowing-1";
    }

    @Override
    public ChatOptions getOptions() {
        return options;
    }

    @Override
    public ChatResponse call(Prompt prompt) {
        throw new UnsupportedOperationException();
    }
}
