package io.inferwatt.agent.instrumentation.ollama4j;

import net.bytebuddy.asm.Advice;

/** After the question whether a piece of an answer is the last one, which the library asks of each. */
public final class PieceAdvice {

    private PieceAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void asked(@Advice.This Object piece, @Advice.Return boolean last) {
        Ollama4jCalls.piece(piece, last);
    }
}
