package io.inferwatt.exporters.push;

import io.inferwatt.core.net.HttpRequest;
import io.inferwatt.exporters.PrivateRegistry;
import io.inferwatt.exporters.push.RemoteWriteRoute.Metrics;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * Pushgateway: replaces all metrics of one group. In text format, because it refuses OpenMetrics. Format:
 * <a href="https://github.com/prometheus/pushgateway#url">the address of a group</a>.
 */
final class PushgatewayRoute implements Route {

    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:";
    private static final byte[] NOTHING = new byte[0];

    private final Metrics metrics;
    private final URI group;
    private final boolean deleteAtTheEnd;

    /** @param grouping labels beside {@code job} */
    PushgatewayRoute(Metrics metrics, Target target, String job, Map<String, String> grouping, boolean deleteAtTheEnd) {
        this.metrics = metrics;
        StringBuilder path = new StringBuilder("/metrics");
        append(path, "job", job);
        grouping.forEach((label, value) -> append(path, label, value));
        this.group = target.under(path.toString());
        this.deleteAtTheEnd = deleteAtTheEnd;
    }

    /** Anything but plain words goes as base64, since a slash would end the value even where it is escaped. */
    private static void append(StringBuilder path, String label, String value) {
        path.append('/').append(label);
        if (value.isEmpty()) {
            path.append("@base64/="); // an empty segment would be lost
        } else if (isPlain(value)) {
            path.append('/').append(value);
        } else {
            path.append("@base64/")
                    .append(Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(value.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** A segment of dots alone means another folder. */
    private static boolean isPlain(String value) {
        return value.chars().allMatch(c -> PLAIN.indexOf(c) >= 0)
                && value.chars().anyMatch(c -> c != '.');
    }

    @Override
    public byte[] take() throws IOException {
        return metrics.text();
    }

    @Override
    public void last(BodyQueue queue) throws IOException {
        queue.add(deleteAtTheEnd ? NOTHING : metrics.text());
    }

    @Override
    public HttpRequest request(byte[] body) {
        return body.length == 0
                ? HttpRequest.delete(group)
                : HttpRequest.of("PUT", group, PrivateRegistry.textType(), body);
    }
}
