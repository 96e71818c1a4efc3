package io.inferwatt.core.net;

import io.inferwatt.core.thread.Unheard;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. The JDK bounds a connect and a single read, but neither the look-up of a name nor an answer that drips in
 * byte by byte, so a thread of its own talks to the server, and who waits for it leaves in time.
 */
final class Exchange {

    /** Threads that talk, or still hang in a request that was given up. Beyond that nothing is sent. */
    private static final int MOST_THREADS = 8;

    private static final int LARGEST_BODY_BYTES = 4 << 20;

    /** Longest pause between two packets: a server that has begun to answer does not think for longer. */
    private static final int LONGEST_PAUSE_MILLIS = 10_000;

    private static final Semaphore THREADS = new Semaphore(MOST_THREADS);

    private final HttpRequest request;
    private final long endNanos;
    private volatile boolean headersRead;
    private volatile @Nullable HttpURLConnection connection;

    private Exchange(HttpRequest request, Duration deadline) {
        this.request = request;
        this.endNanos = System.nanoTime() + deadline.toNanos();
    }

    static HttpAnswer of(HttpRequest request, Duration deadline) throws IOException {
        return new Exchange(request, deadline).run();
    }

    private HttpAnswer run() throws IOException {
        if (!THREADS.tryAcquire()) {
            throw new IOException("nothing is sent while " + MOST_THREADS + " earlier requests hang");
        }
        FutureTask<HttpAnswer> talk = new FutureTask<>(() -> HostLogging.asHost(this::talk));
        Thread thread = new Thread(null, () -> talkAndLeave(talk), "inferwatt-net", 0, false);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(Unheard.OF_ALL);
        thread.setContextClassLoader(Exchange.class.getClassLoader());
        try {
            thread.start();
        } catch (Error tooMany) { // that the system lets this process have
            THREADS.release();
            throw new IOException("no thread could be started", tooMany);
        }
        try {
            return talk.get(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            breakOff();
            throw new SocketTimeoutException("the answer takes too long");
        } catch (InterruptedException closing) {
            breakOff();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("broken off");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException known) {
                throw known;
            }
            throw new IOException("cannot be asked: " + e.getCause(), e.getCause());
        }
    }

    private static void talkAndLeave(FutureTask<HttpAnswer> talk) {
        try {
            try {
                TalkCosts.begin();
            } finally {
                UntracedTalk.run(talk); // or who asks would wait for the answer in vain
            }
        } finally {
            THREADS.release();
            TalkCosts.end();
        }
    }

    /** While a body is read this would wait for the very read that hangs; there the reader itself looks at the clock. */
    private void breakOff() {
        HttpURLConnection open = connection;
        if (open != null && !headersRead) {
            open.disconnect();
        }
    }

    private HttpAnswer talk() throws IOException {
        HttpURLConnection opened = open();
        connection = opened;
        try {
            opened.setConnectTimeout(left());
            opened.setReadTimeout(Math.min(LONGEST_PAUSE_MILLIS, left()));
            opened.setInstanceFollowRedirects(false);
            opened.setUseCaches(false);
            opened.setAuthenticator(new Nobody());
            opened.setRequestProperty("Connection", "close");
            opened.setRequestProperty("Accept", "application/json, text/plain;q=0.5, */*;q=0.1");
            opened.setRequestProperty("User-Agent", "inferwatt");
            request.headers().forEach(opened::setRequestProperty);
            opened.setRequestMethod(request.method());
            write(opened);
            int status = opened.getResponseCode();
            headersRead = true;
            return new HttpAnswer(status, read(opened, status), retryAfterSeconds(opened));
        } finally {
            opened.disconnect();
        }
    }

    private HttpURLConnection open() throws IOException {
        URL url = request.uri().toURL();
        URLConnection opened = request.direct() ? url.openConnection(Proxy.NO_PROXY) : url.openConnection();
        if (!(opened instanceof HttpURLConnection http)) {
            throw new IOException(request.uri().getScheme() + " is neither http nor https");
        }
        return http;
    }

    private void write(HttpURLConnection opened) throws IOException {
        ByteBuffer body = request.body();
        if (body == null) {
            return;
        }
        byte[] bytes = new byte[body.limit()];
        body.get(0, bytes);
        opened.setDoOutput(true);
        opened.setFixedLengthStreamingMode(bytes.length);
        try (OutputStream out = opened.getOutputStream()) {
            out.write(bytes);
        }
    }

    private String read(HttpURLConnection opened, int status) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (InputStream in = status < 400 ? opened.getInputStream() : opened.getErrorStream()) {
            if (in == null) {
                return "";
            }
            byte[] piece = new byte[8192];
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                read.write(piece, 0, length);
                if (read.size() > LARGEST_BODY_BYTES) {
                    throw new IOException("the answer is larger than " + LARGEST_BODY_BYTES + " bytes");
                }
                left();
            }
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    /** In seconds or as a date, RFC 9110 section 10.2.3. */
    private static long retryAfterSeconds(HttpURLConnection opened) {
        long seconds = opened.getHeaderFieldLong("Retry-After", -1);
        if (seconds < 0) {
            long date = opened.getHeaderFieldDate("Retry-After", 0);
            seconds = date == 0 ? 0 : (date - System.currentTimeMillis()) / 1000;
        }
        return Math.max(0, seconds);
    }

    private int left() throws SocketTimeoutException {
        long millis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
        if (millis <= 0) {
            throw new SocketTimeoutException("the answer takes too long");
        }
        return (int) Math.min(Integer.MAX_VALUE, millis);
    }

    /** Without one of its own a connection asks that of the application. */
    private static final class Nobody extends Authenticator {}
}
