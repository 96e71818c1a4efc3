package io.inferwatt.agent.instrumentation.tenants;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.tenant.KeptText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notices that the application uses one of the places where a {@link KeptText} may be. */
public final class KeptTextModule implements InstrumentationModule {

    private final String library;
    private final String notices;
    private final KeptText texts;

    private KeptTextModule(String library, String notices, KeptText texts) {
        this.library = library;
        this.notices = notices;
        this.texts = texts;
    }

    public static KeptTextModule ofMdc() {
        return new KeptTextModule("slf4j-mdc", "org.slf4j.MDC", KeptText.MDC);
    }

    /**
     * By the class that is used only when baggage is kept in a context, or looked for in one. Asking any earlier would settle how
     * OpenTelemetry keeps its context, before the application can.
     */
    public static KeptTextModule ofBaggage() {
        return new KeptTextModule(
                "opentelemetry-baggage", "io.opentelemetry.api.baggage.BaggageContextKey", KeptText.BAGGAGE);
    }

    @Override
    public String library() {
        return library;
    }

    @Override
    public List<Hook> hooks() {
        return List.of();
    }

    @Override
    public List<String> notices() {
        return List.of(notices);
    }

    @Override
    public void noticed(@Nullable ClassLoader loader) {
        if (loader != null) {
            texts.livesIn(loader);
        }
    }

    @Override
    public void turnedOff() {
        texts.forget();
    }
}
