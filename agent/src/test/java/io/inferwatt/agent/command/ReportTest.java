package io.inferwatt.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ReportTest {

    private static final String RECORD =
            "{\"v\":1,\"time\":\"2026-11-30T10:00:0%d.000Z\",\"seconds\":0.5,\"model\":\"%s\",\"operation\":\"embeddings\","
                    + "\"outcome\":\"ok\",\"requests\":1,\"items\":2,\"tenant\":\"sales\",\"boundary\":\"with_idle\","
                    + "\"joules\":{\"local\":%s,\"cpu\":1.5},\"co2e_grams\":{\"operational\":0.25},\"quality\":\"modelled\","
                    + "\"sources\":[\"model-tdp\"],\"unknown\":[\"co2e_grams.embodied\",\"liters\"]}\n";

    @TempDir
    Path folder;

    private Path records;

    @BeforeEach
    void write() throws IOException {
        records = folder.resolve("records.jsonl");
        Files.writeString(
                records,
                String.format(RECORD, 1, "minilm", "2") + String.format(RECORD, 2, "bge-µ", "6") + "{\"v\":1,\"ti");
    }

    @Test
    void records_areShownAsText() {
        Terminal terminal = new Terminal();
        assertThat(terminal.run("report", "--from", records.toString())).isZero();
        assertThat(terminal.err()).isEmpty();
        assertThat(terminal.out())
                .contains(
                        "What our models draw and emit", "minilm", "8.00 J", "Records that could not be read", "sales")
                .contains("all 2 items of bge-µ to minilm");
    }

    @Test
    void terminalWithoutGreekLetters_getsPlainOnes() {
        Terminal terminal = new Terminal().encoding(StandardCharsets.US_ASCII);
        assertThat(terminal.run("report", "--from", records.toString())).isZero();
        assertThat(terminal.out()).contains("bge-u");
    }

    @ParameterizedTest
    @ValueSource(strings = {"html", "csv", "json", "text"})
    void file_isWrittenInTheFormatOfItsName(String format) throws IOException {
        Path out = folder.resolve("out." + (format.equals("text") ? "txt" : format));
        Terminal terminal = new Terminal();
        assertThat(terminal.run("report", "--from=" + records, "--out", out.toString()))
                .isZero();
        assertThat(terminal.out()).isEmpty();
        String text = Files.readString(out);
        assertThat(text)
                .startsWith(
                        switch (format) {
                            case "html" -> "<!doctype html>";
                            case "csv" -> "table,row,column,value,unit,text\r\n";
                            case "json" -> "{\n  \"schema\": \"inferwatt-disclosure\"";
                            default -> "What our models draw and emit";
                        });
    }

    @Test
    void runningJvm_isAskedWhereTheSettingsSay() throws IOException {
        Terminal first = new Terminal();
        assertThat(first.run("report", "--from", records.toString(), "--format", "json"))
                .isZero();
        byte[] json = first.out().getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/report", exchange -> {
            exchange.sendResponseHeaders(200, json.length);
            exchange.getResponseBody().write(json);
            exchange.close();
        });
        server.start();
        try {
            Terminal terminal =
                    new Terminal().set("http.port", server.getAddress().getPort());
            assertThat(terminal.run("report", "--format=json")).isZero();
            assertThat(terminal.json()).isEqualTo(JsonParser.parseString(first.out()));
            JsonObject total = terminal.json().getAsJsonObject("total");
            assertThat(total.get("joules").getAsDouble()).isEqualTo(8);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void nothingToReport_isOneLineAndExitCode1() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Terminal refused = new Terminal().set("http.port", port);
        assertThat(refused.run("report")).isEqualTo(Report.NO_REPORT);
        assertThat(refused.err())
                .startsWith("inferwatt: report: nothing listens at http://127.0.0.1:" + port)
                .hasLineCount(1);
        Terminal empty = new Terminal();
        assertThat(empty.run("report", "--from", records.toString(), "--since", "2026-12-24", "--until", "2026-12-25"))
                .isEqualTo(Report.NO_REPORT);
        assertThat(empty.err()).contains("no records in this period in 1 file").hasLineCount(1);
        Terminal unwritable = new Terminal();
        assertThat(unwritable.run("report", "--from", records.toString(), "--out", folder.toString()))
                .isEqualTo(Report.NO_REPORT);
        assertThat(unwritable.err()).contains("cannot write " + folder);
        assertThat(refused.out() + empty.out() + unwritable.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://me:geheim@localhost:1",
                "prometheus:http://me:geheim@localhost:1/x",
                "prometheus:http://me:ge/heim@localhost",
                "prometheus:me:geheim@localhost",
                "ftp://me:geheim@localhost"
            })
    void addressWithAPassword_isRefusedAndNotRepeated(String from) {
        Terminal terminal = new Terminal();
        assertThat(terminal.run("report", "--from", from)).isEqualTo(CommandLine.USAGE_ERROR);
        assertThat(terminal.err())
                .startsWith("inferwatt: report: --from holds an '@'")
                .doesNotContain("heim");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void period_ofRecords_isThatOfTheOptions() {
        Terminal terminal = new Terminal();
        assertThat(terminal.run(
                        "report",
                        "--from",
                        records.toString(),
                        "--since",
                        "2026-11-30T10:00:02Z",
                        "--until",
                        "2026-11-30T12:00:00+01:00",
                        "--format",
                        "json"))
                .isZero();
        assertThat(terminal.json().getAsJsonObject("total").get("joules").getAsDouble())
                .isEqualTo(6);
        assertThat(terminal.json().getAsJsonObject("period").get("seconds").getAsDouble())
                .isEqualTo(3598);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            report now                    | report: unknown option 'now'; allowed: --from
            report --from                 | report: --from needs a value; allowed: --from
            report --format pdf           | report: --format 'pdf' is not known; allowed: text, html, csv, json
            report --since yesterday      | report: --since 'yesterday' is not understood; allowed: a time such as
            report --since 2026-13-01     | report: --since '2026-13-01' is not understood; allowed: a time such as
            report --since 0h             | report: --since '0h' is not understood; allowed: a time such as
            report --since 1h --until 2h  | report: --since 1h is not before --until 2h; allowed: a period with a length
            report --since 1h             | report: a running JVM knows only the time since its start;
            report --from prometheus:x    | report: --from 'x' is no address; allowed: such as http://127.0.0.1:9465
            report --from http:///a       | report: --from 'http:///a' is no address; allowed:
            report --selector a="b"       | report: --selector needs --from prometheus:URL
            """)
    void words_thatMakeNoSense_areAnsweredWithOneLineTheUsageAndExitCode2(String words, String line) {
        Terminal terminal = new Terminal();
        assertThat(terminal.run(words.split(" ", -1))).isEqualTo(CommandLine.USAGE_ERROR);
        assertThat(terminal.err()).startsWith("inferwatt: " + line).contains("Usage:");
        assertThat(terminal.out()).isEmpty();
    }
}
