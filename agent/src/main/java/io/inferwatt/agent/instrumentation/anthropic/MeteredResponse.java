package io.inferwatt.agent.instrumentation.anthropic;

import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpResponseFor;
import com.anthropic.core.http.StreamResponse;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.agent.instrumentation.ThreadWork;
import io.inferwatt.core.call.Outcome;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A response that the application, or the level above, has yet to read. What it does not override works through what it does.
 * A body that the application reads itself tells us nothing of tokens; such a call ends when the response is closed.
 */
final class MeteredResponse<T> implements HttpResponseFor<T> {

    private final HttpResponseFor<T> response;
    private final RemoteCall call;
    private final AtomicReference<@Nullable T> stream = new AtomicReference<>();
    private volatile boolean bodyRead;

    MeteredResponse(HttpResponseFor<T> response, RemoteCall call) {
        this.response = response;
        this.call = call;
    }

    @Override
    public T parse() {
        T parsed = parseAttached();
        if (parsed instanceof StreamResponse<?> events) {
            return watched(events);
        }
        call.answered(parsed, AnthropicMessages::tell, null);
        return parsed;
    }

    private T parseAttached() {
        ThreadWork work = call.attachThread();
        Outcome failed = Outcome.ERROR;
        try {
            T parsed = response.parse();
            failed = null;
            return parsed;
        } finally {
            RemoteCall.detachThread(work);
            if (failed != null) {
                call.finish(failed);
            }
        }
    }

    /** The response returns the same stream each time it is asked, and so does this. */
    @SuppressWarnings("unchecked") // T is the interface StreamResponse here
    private T watched(StreamResponse<?> events) {
        T before = stream.get();
        if (before != null) {
            return before;
        }
        T watched = (T) new MeteredStream<>(events, call);
        return stream.compareAndSet(null, watched) ? watched : watched(events);
    }

    @Override
    public int statusCode() {
        return response.statusCode();
    }

    @Override
    public Headers headers() {
        return response.headers();
    }

    @Override
    public InputStream body() {
        bodyRead = true;
        return response.body();
    }

    @Override
    public void close() {
        try {
            response.close();
        } finally {
            call.finish(bodyRead ? Outcome.OK : Outcome.CANCELLED);
        }
    }
}
