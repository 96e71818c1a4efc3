package io.inferwatt.agent.instrumentation.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.inferwatt.agent.instrumentation.ClientParts;
import io.inferwatt.agent.instrumentation.Providers;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import java.lang.reflect.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The clients of remote models, each looked at once: which of LangChain4j's classes is one, whom it asks and where. Never fails:
 * what a model does not tell is not known.
 */
final class RemoteModels {

    private static final String OWN_CLASSES = "dev.langchain4j.";
    private static final String MODELS_PACKAGE = "dev.langchain4j.model.";

    /** Whose classes are interfaces, base classes, decorators and models that are turned off, none of them a client. */
    private static final List<String> KINDS =
            List.of("chat", "embedding", "image", "language", "moderation", "scoring", "audio", "output");

    /** What computes in this process is metered by its engine. */
    private static final List<String> LOCAL = List.of(
            "dev.langchain4j.model.jlama.",
            "dev.langchain4j.model.gpullama3.",
            "dev.langchain4j.model.embedding.onnx.");

    private static final String IN_PROCESS = "InProcess";

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

    /** The application's own classes are clients only if they extend one. */
    static boolean isClient(Class<?> type) {
        boolean isOwn = false;
        for (Class<?> part = type; part != null && part != Object.class; part = part.getSuperclass()) {
            String name = part.getName();
            if (name.contains(IN_PROCESS) || startsWithOneOf(LOCAL, name) || holdsAModel(part)) {
                return false;
            }
            isOwn |= name.startsWith(OWN_CLASSES) && !isKind(name);
        }
        return isOwn;
    }

    private static boolean startsWithOneOf(List<String> starts, String name) {
        for (String start : starts) {
            if (name.startsWith(start)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether the class is directly in a package for a kind of models, not for a provider. */
    private static boolean isKind(String className) {
        int dot = className.lastIndexOf('.');
        return className.startsWith(MODELS_PACKAGE)
                && dot > MODELS_PACKAGE.length()
                && KINDS.contains(className.substring(MODELS_PACKAGE.length(), dot));
    }

    /** What has another model inside passes calls on to it. */
    private static boolean holdsAModel(Class<?> type) {
        try {
            for (Field field : type.getDeclaredFields()) {
                Class<?> held = field.getType();
                if (ChatModel.class.isAssignableFrom(held)
                        || StreamingChatModel.class.isAssignableFrom(held)
                        || EmbeddingModel.class.isAssignableFrom(held)) {
                    return true;
                }
            }
        } catch (LinkageError incomplete) {
            return false;
        }
        return false;
    }

    private static RemoteModel look(Object model) {
        return new RemoteModel(
                ClientParts.server(model, provider(model)), name(model), ClientParts.text(model, "size", "imageSize"));
    }

    private static String provider(Object model) {
        String told = Providers.named(told(model));
        return told.isEmpty() ? ofPackage(model.getClass()) : told;
    }

    private static String ofPackage(Class<?> type) {
        String provider = "";
        for (Class<?> part = type; part != null && provider.isEmpty(); part = part.getSuperclass()) {
            provider = Providers.ofPackage(part.getName(), MODELS_PACKAGE);
        }
        return provider;
    }

    private static String told(Object model) {
        try {
            ModelProvider provider = model instanceof ChatModel chat
                    ? chat.provider()
                    : model instanceof StreamingChatModel streaming
                            ? streaming.provider()
                            : model instanceof EmbeddingModel embedding ? embedding.provider() : null;
            return provider == null ? "" : provider.name();
        } catch (RuntimeException | LinkageError tellsNothing) { // such as embedding models before 1.10
            return "";
        }
    }

    private static String name(Object model) {
        String name = null;
        try {
            if (model instanceof ChatModel chat) {
                name = chat.defaultRequestParameters().modelName();
            } else if (model instanceof StreamingChatModel streaming) {
                name = streaming.defaultRequestParameters().modelName();
            } else if (model instanceof EmbeddingModel embedding) {
                name = EmbeddingModelNames.told(embedding);
            }
        } catch (RuntimeException | LinkageError tellsNothing) {
            name = null;
        }
        return name == null || !EmbeddingModelNames.isKnown(name)
                ? ClientParts.text(model, "modelName", "model", "modelId", "deploymentName")
                : name;
    }
}
