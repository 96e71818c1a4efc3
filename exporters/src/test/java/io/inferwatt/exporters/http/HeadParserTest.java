package io.inferwatt.exporters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadParserTest {

    private static final String HOST = "Host: localhost\r\n";
    private static final int INPUTS = 200_000;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET /a HTTP/1.1~                                    | 400 | no host
            GET /a HTTP/1.1~Host: a~Host: a~                    | 400 | two hosts
            GET /a HTTP/1.1~Host: a~Host: b~                    | 400 | two hosts
            GET  /a HTTP/1.1~Host: a~                           | 400 | two blanks
            GET /a HTTP/1.1 ~Host: a~                           | 400 | blank at the end
            GET\t/a\tHTTP/1.1~Host: a~                          | 400 | tabulators
            GET /a~Host: a~                                     | 400 | HTTP/0.9
            GET /a HTTP/1.1x~Host: a~                           | 400 | version
            GET /a http/1.1~Host: a~                            | 400 | version
            GET /a HTTP/2.0~Host: a~                            | 505 | version
            GET /a HTTP/1.2~Host: a~                            | 505 | version
            PRI * HTTP/2.0~                                     | 505 | HTTP/2 with prior knowledge
            G(T /a HTTP/1.1~Host: a~                            | 400 | method
            GET /a<b> HTTP/1.1~Host: a~                         | 400 | target
            GET /a\\b HTTP/1.1~Host: a~                         | 400 | target
            GET /a#b HTTP/1.1~Host: a~                          | 400 | fragment
            GET /ä HTTP/1.1~Host: a~                            | 400 | target
            ~GET /a HTTP/1.1~Host: a~                           | 400 | empty line first
            GET /a HTTP/1.1~ Host: a~                           | 400 | folded at once
            GET /a HTTP/1.1~Host: a~ b~                         | 400 | folded
            GET /a HTTP/1.1~Host: a~\tb~                        | 400 | folded
            GET /a HTTP/1.1~Host : a~                           | 400 | blank before the colon
            GET /a HTTP/1.1~Host~                               | 400 | no colon
            GET /a HTTP/1.1~: a~                                | 400 | no name
            GET /a HTTP/1.1~Host: a~X\u0000: b~                 | 400 | control character
            GET /a HTTP/1.1~Host: a~X: b\u0000~                 | 400 | control character
            GET /a HTTP/1.1~Host: a~X: b\u007f~                 | 400 | control character
            GET /a HTTP/1.1~Host: a~Content-Length: 5~          | 413 | body
            POST /a HTTP/1.1~Host: a~Content-Length: 5~         | 413 | body
            GET /a HTTP/1.1~Host: a~Content-Length: +0~         | 400 | length
            GET /a HTTP/1.1~Host: a~Content-Length: -1~         | 400 | length
            GET /a HTTP/1.1~Host: a~Content-Length: 0x0~        | 400 | length
            GET /a HTTP/1.1~Host: a~Content-Length: 0, 0~       | 400 | length
            GET /a HTTP/1.1~Host: a~Content-Length:~            | 400 | length
            GET /a HTTP/1.1~Host: a~Content-Length: 0~Content-Length: 0~     | 400 | two lengths
            GET /a HTTP/1.1~Host: a~Content-Length: 0~Content-Length: 5~     | 400 | two lengths
            GET /a HTTP/1.1~Host: a~Transfer-Encoding: chunked~ | 400 | chunks
            GET /a HTTP/1.0~Transfer-Encoding: identity~        | 400 | chunks
            GET /a HTTP/1.1~Host: a~Content-Length: 0~TRANSFER-ENCODING: x~  | 400 | chunks
            GET /a HTTP/1.1~Host: a~Transfer-Encoding : chunked~ | 400 | chunks
            GET /a HTTP/1.1~Host: a~Expect: 100-continue~       | 417 | expectation
            GET /a HTTP/1.1~Host: a~Authorization: a~Authorization: a~       | 400 | two credentials
            """)
    void heads_thatCouldMeanTwoThings_areRefused(String lines, int status, String why) {
        assertThat(statusOf(lines.replace("~", "\r\n") + "\r\n")).as(why).isEqualTo(status);
    }

    @Test
    void lineEnds_otherThanCrLf_areRefused() {
        assertThat(statusOf("GET /a HTTP/1.1\nHost: a\n\n")).isEqualTo(400);
        assertThat(statusOf("GET /a HTTP/1.1\r\nHost: a\n\r\n")).isEqualTo(400);
        assertThat(statusOf("GET /a HTTP/1.1\rHost: a\r\n\r\n")).isEqualTo(400);
        assertThat(statusOf("GET /a HTTP/1.1\r\r\nHost: a\r\n\r\n")).isEqualTo(400);
        assertThat(statusOf("GET /a HTTP/1.1\r\nHost: a\r\nX: b\rGET /b HTTP/1.1\r\n\r\n"))
                .isEqualTo(400);
    }

    @Test
    void whatIsTooLong_isRefusedBeforeItEnds() {
        Limits limits = Limits.LOOPBACK;
        assertThat(statusOf("GET /" + "a".repeat(limits.requestLineBytes()))).isEqualTo(414);
        assertThat(statusOf("GET /a HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(limits.headBytes())))
                .isEqualTo(431);
        assertThat(statusOf("GET /a HTTP/1.1\r\n" + HOST + "X: 1\r\n".repeat(limits.headers())))
                .isEqualTo(431);
    }

    @Test
    void head_inSingleBytes_isThatOfOnePiece_andWhatFollowsIsLeft() throws RefusedException {
        String text = "GET /a?b=%00 HTTP/1.1\r\n" + HOST + "X-Odd:\t\u00e9 \r\ncookie: a\r\nCookie:b\r\n\r\n";
        HeadParser single = new HeadParser(Limits.LOOPBACK);
        RequestHead last = null;
        for (int i = 0; i < text.length(); i++) {
            assertThat(last).isNull();
            last = single.take(bytes(text.substring(i, i + 1)));
        }
        ByteBuffer whole = bytes(text + "GET");
        assertThat(new HeadParser(Limits.LOOPBACK).take(whole)).isEqualTo(last);
        assertThat(whole.remaining()).isEqualTo(3);
        assertThat(last).isNotNull();
        assertThat(last.method()).isEqualTo("GET");
        assertThat(last.target()).isEqualTo("/a?b=%00");
        assertThat(last.path()).isEqualTo("/a");
        assertThat(last.joined("cookie")).isEqualTo("a,b");
        assertThat(last.all("x-odd")).containsExactly("\u00e9");
        assertThat(last.keepsAlive()).isTrue();
    }

    /** Whatever comes, it is a head, needs more, or is refused with a status of clients' faults: nothing else is thrown. */
    @Test
    void garbage_neverBreaksTheParser() {
        Random random = new Random(20261130);
        String seed = "GET /metrics HTTP/1.1\r\n" + HOST + "Accept: */*\r\nContent-Length: 0\r\n\r\n";
        int heads = 0;
        int refused = 0;
        for (int i = 0; i < INPUTS; i++) {
            StringBuilder text = new StringBuilder(seed);
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                    case 1 -> text.deleteCharAt(at);
                    case 2 -> text.insert(at, (char) random.nextInt(256));
                    default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(30))));
                }
            }
            int status = statusOf(text.toString());
            heads += status == 200 ? 1 : 0;
            refused += status > 200 ? 1 : 0;
            assertThat(status).isIn(0, 200, 400, 413, 414, 417, 431, 505);
        }
        System.out.println("parser: " + INPUTS + " inputs, " + heads + " heads, " + refused + " refused, "
                + (INPUTS - heads - refused) + " incomplete");
        assertThat(heads).isPositive();
        assertThat(refused).isPositive();
    }

    /** Returns 200 for a head, 0 for less than one, or the status of the refusal. */
    private static int statusOf(String text) {
        HeadParser parser = new HeadParser(Limits.LOOPBACK);
        RequestHead[] head = new RequestHead[1];
        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> head[0] = parser.take(bytes(text)));
        return refused != null ? refused.status() : head[0] == null ? 0 : 200;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
