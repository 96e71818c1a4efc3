package io.inferwatt.agent.instrumentation.jlama;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Reads the token counts of a response, whose type cannot be named here. */
final class JlamaTokens {

    static final String PROMPT = "promptTokens";
    static final String GENERATED = "generatedTokens";

    private static final MethodType OF_OBJECT = MethodType.methodType(int.class, Object.class);

    private final MethodHandle prompt;
    private final MethodHandle generated;

    private JlamaTokens(MethodHandle prompt, MethodHandle generated) {
        this.prompt = prompt;
        this.generated = generated;
    }

    static JlamaTokens of(Class<?> response) throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        return new JlamaTokens(
                lookup.findGetter(response, PROMPT, int.class).asType(OF_OBJECT),
                lookup.findGetter(response, GENERATED, int.class).asType(OF_OBJECT));
    }

    int prompt(Object response) {
        return read(prompt, response);
    }

    int generated(Object response) {
        return read(generated, response);
    }

    private static int read(MethodHandle getter, Object response) {
        try {
            return (int) getter.invokeExact(response);
        } catch (Throwable otherClass) {
            throw new IllegalStateException("not the library's response", otherClass);
        }
    }
}
