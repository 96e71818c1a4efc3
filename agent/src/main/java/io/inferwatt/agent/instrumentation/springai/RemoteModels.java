package io.inferwatt.agent.instrumentation.springai;

import io.inferwatt.agent.instrumentation.ClientParts;
import io.inferwatt.agent.instrumentation.Providers;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.model.Model;
import org.springframework.ai.model.ModelOptions;

/**
 * The clients of remote models, each looked at once: which of Spring AI's classes is one, whom it asks and where. Never fails: what
 * a model does not tell is not known.
 */
final class RemoteModels {

    private static final String OWN_CLASSES = "org.springframework.ai.";

    /** What computes in this process is metered as such. */
    private static final String LOCAL = "org.springframework.ai.transformers.";

    private static final WeakIdentityMap<Object, RemoteModel> KNOWN = new WeakIdentityMap<>();

    private RemoteModels() {}

    /** Returns what is known of a client; null for a model that is none. */
    @SuppressWarnings("ReferenceEquality") // of one object that stands for none
    static @Nullable RemoteModel of(Object model) {
        RemoteModel known = KNOWN.get(model);
        if (known == null) {
            known = isClient(model.getClass()) ? look(model) : RemoteModel.NONE;
            KNOWN.put(model, known);
        }
        return known == RemoteModel.NONE ? null : known;
    }

    static boolean isClient(Class<?> type) {
        boolean isOwn = false;
        for (Class<?> part = type; part != null && part != Object.class; part = part.getSuperclass()) {
            if (part.getName().startsWith(LOCAL) || holdsAModel(part)) {
                return false;
            }
            isOwn |= part.getName().startsWith(OWN_CLASSES);
        }
        return isOwn;
    }

    /** What has another model inside passes calls on to it. */
    private static boolean holdsAModel(Class<?> type) {
        try {
            for (Field field : type.getDeclaredFields()) {
                if (Model.class.isAssignableFrom(field.getType())) {
                    return true;
                }
            }
        } catch (LinkageError incomplete) {
            return false;
        }
        return false;
    }

    private static RemoteModel look(Object model) {
        String provider = "";
        Class<?> type = model.getClass();
        while (type != null && provider.isEmpty()) {
            provider = Providers.ofPackage(type.getName(), OWN_CLASSES);
            type = type.getSuperclass();
        }
        Object options = ClientParts.part(model, "options", "defaultOptions");
        return RemoteModel.of(
                ClientParts.server(model, provider),
                options instanceof ModelOptions known ? known : null,
                provider.equals("anthropic") || provider.equals("aws.bedrock"));
    }
}
