package io.inferwatt.it.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.inferwatt.it.demo.Corpus;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Requests to one model of the service, ready to be sent: whoever sends them shares the processors with the service. Immutable. */
final class PreparedRequests {

    private static final int TEXTS = 64;

    private final List<byte[]> requests = new ArrayList<>();

    /** @param service of the demo; all requests to it have the same texts */
    PreparedRequests(URI service, String model) {
        Random random = new Random(1);
        for (int i = 0; i < TEXTS; i++) {
            String text = Corpus.text(random);
            String request = "POST " + service.getPath() + "?model=" + model + " HTTP/1.1\r\nHost: "
                    + service.getAuthority() + "\r\nContent-Length: " + text.getBytes(UTF_8).length + "\r\n\r\n" + text;
            requests.add(request.getBytes(UTF_8));
        }
    }

    byte[] get(int number) {
        return requests.get(number % requests.size());
    }
}
