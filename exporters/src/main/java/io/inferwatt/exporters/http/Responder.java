package io.inferwatt.exporters.http;

import io.inferwatt.exporters.http.Page.Answer;
import io.inferwatt.exporters.http.Page.Wish;
import io.inferwatt.exporters.http.access.Access;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the page for a request, and refuses all that is not a plain read by somebody who may. Safe from all threads. */
final class Responder {

    /** Asked by a supervisor that has no password; what it answers is a constant. */
    private static final String OPEN_TO_ALL = "/-/healthy";

    private final Map<String, Page> pages;
    private final HostNames names;
    private final @Nullable Access access;
    private final boolean exposed;
    private final Consumer<String> warnings;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * Makes one.
     *
     * @param access null if everybody may read
     * @param exposed whether clients may be on other machines: then errors are told to the log and not to them
     */
    Responder(
            Map<String, Page> pages,
            HostNames names,
            @Nullable Access access,
            boolean exposed,
            Consumer<String> warnings) {
        this.pages = Map.copyOf(pages);
        this.names = names;
        this.access = access;
        this.exposed = exposed;
        this.warnings = warnings;
    }

    /** Returns why a request gets no page whoever sends it, null if it may. Takes no time. */
    @Nullable
    Reply refusal(RequestHead head) {
        boolean absolute = head.target().contains("://") && !head.target().startsWith("/");
        if (absolute || !head.all("host").stream().allMatch(names::allow)) {
            return reply(head, Answer.text(421, names.allowedInWords() + "\n"));
        }
        if (!head.method().equals("GET") && !head.method().equals("HEAD")) {
            return reply(head, Answer.text(405, "only GET and HEAD are allowed\n"), "Allow: GET, HEAD");
        }
        if (!head.target().startsWith("/")) {
            return reply(head, Answer.text(400, "a path begins with /\n"));
        }
        return null;
    }

    /**
     * Returns the answer to a request that is not refused. May take as long as the page.
     *
     * @param client equal for requests from one place
     */
    Reply answer(RequestHead head, Object client) {
        String path = head.path();
        try {
            Reply barred = access == null || path.equals(OPEN_TO_ALL) ? null : barred(head, access, client);
            return barred == null ? page(head, path) : barred;
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
            String place = pages.containsKey(path) ? path : "a path that is none";
            if (told.add(place)) {
                warnings.accept(
                        place + " failed (" + e + "); its readers get status 500, further failures are not logged");
            }
            return reply(head, Answer.text(500, "this page failed" + (exposed ? "" : ": " + e) + "\n"));
        }
    }

    private static @Nullable Reply barred(RequestHead head, Access access, Object client) {
        return switch (access.check(head.joined("authorization"), client)) {
            case ALLOWED -> null;
            case UNKNOWN ->
                reply(
                        head,
                        Answer.text(401, "name and password, or a token, are needed\n"),
                        access.challenges().stream()
                                .map(challenge -> "WWW-Authenticate: " + challenge)
                                .toArray(String[]::new));
            case LATER -> reply(head, Answer.text(429, "too many passwords were wrong; ask later\n"), "Retry-After: 5");
        };
    }

    private Reply page(RequestHead head, String path) throws IOException {
        Page page = pages.get(path);
        return reply(
                head,
                page == null
                        ? Answer.text(404, "not found; there is " + String.join(" ", new TreeSet<>(pages.keySet())))
                        : page.answer(wish(head)));
    }

    /** Returns the answer to a request that nobody has time for. */
    static Reply busy(RequestHead head) {
        return reply(head, Answer.text(503, "too many requests at a time; ask later\n"), "Retry-After: 1");
    }

    private static Reply reply(RequestHead head, Answer answer, String... headers) {
        return new Reply(answer, List.of(headers), !head.method().equals("HEAD"), !head.keepsAlive());
    }

    private static Wish wish(RequestHead head) {
        return new Wish(
                head.joined("accept"),
                acceptsGzip(head.joined("accept-encoding").toLowerCase(Locale.ROOT)));
    }

    private static boolean acceptsGzip(String encodings) {
        for (String part : encodings.split(",", -1)) {
            String encoding = part.replace(" ", "").replace("\t", "");
            if (encoding.equals("gzip") || (encoding.startsWith("gzip;q=") && !isZero(encoding.substring(7)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isZero(String quality) {
        return !quality.isEmpty() && quality.chars().allMatch(c -> c == '0' || c == '.');
    }
}
