package io.inferwatt.exporters.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The head of one request, well-formed and without a body to follow.
 *
 * @param target as sent: nothing is decoded or resolved
 * @param http11 false for HTTP/1.0
 * @param headers by name in lower case
 */
record RequestHead(String method, String target, boolean http11, Map<String, List<String>> headers) {

    List<String> all(String name) {
        return headers.getOrDefault(name, List.of());
    }

    /** Returns all values of a header as one list, empty if not sent. */
    String joined(String name) {
        return String.join(",", all(name));
    }

    /** Returns the target without its query. */
    String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    boolean keepsAlive() {
        if (!http11) {
            return false;
        }
        for (String option : joined("connection").split(",", -1)) {
            if (option.strip().toLowerCase(Locale.ROOT).equals("close")) {
                return false;
            }
        }
        return true;
    }
}
