package io.inferwatt.agent.instrumentation.ollama4j;

import io.github.ollama4j.models.request.OllamaEndpointCaller;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Around one request to the server, which a chat or a completion makes once or, for tools, several times. */
public final class RequestAdvice {

    private RequestAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(@Advice.This OllamaEndpointCaller caller, @Advice.Argument(0) @Nullable Object request) {
        return Ollama4jCalls.request(caller.getHost(), request);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object exchange,
            @Advice.Return(typing = Assigner.Typing.DYNAMIC) @Nullable Object answer,
            @Advice.Thrown @Nullable Throwable error) {
        Ollama4jCalls.answered(exchange, answer, error);
    }
}
