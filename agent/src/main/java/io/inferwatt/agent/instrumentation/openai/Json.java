package io.inferwatt.agent.instrumentation.openai;

import com.openai.core.JsonField;
import com.openai.core.MultipartField;
import io.inferwatt.core.call.TokenUsage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads fields without complaint: the library's own getters throw where a server sends something else. */
final class Json {

    private Json() {}

    static <T> @Nullable T known(JsonField<T> field) {
        Optional<T> known = field.asKnown();
        return known.orElse(null);
    }

    static <T> @Nullable T known(MultipartField<T> field) {
        return known(field.value());
    }

    /** Returns a number of tokens, {@link TokenUsage#UNKNOWN} if there is none. */
    static long tokens(JsonField<Long> field) {
        Long tokens = known(field);
        return tokens == null ? TokenUsage.UNKNOWN : tokens;
    }

    /** Returns how many are asked for; one unless told. */
    static long count(@Nullable Long asked) {
        return asked == null ? 1 : Math.max(1, asked);
    }

    /** Returns width and height, if both are told: {@code auto} leaves them to the model. */
    static String size(@Nullable String asked) {
        return asked == null || asked.equals("auto") ? "" : asked;
    }
}
