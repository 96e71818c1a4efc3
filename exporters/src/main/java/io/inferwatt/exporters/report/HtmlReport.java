package io.inferwatt.exporters.report;

import io.inferwatt.core.report.disclosure.Disclosure;
import io.inferwatt.core.report.disclosure.Disclosure.Equivalent;
import io.inferwatt.core.report.disclosure.Disclosure.Formula;
import io.inferwatt.core.report.disclosure.Total;
import io.inferwatt.exporters.report.Sheet.Cell;
import io.inferwatt.exporters.report.Sheet.Column;
import io.inferwatt.exporters.report.Sheet.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The disclosure as one HTML file that needs nothing else: no script, no font, no picture from anywhere. Prints on A4. */
public final class HtmlReport {

    private static final String STYLE = "report.css";

    private final StringBuilder html = new StringBuilder(32_768);

    private HtmlReport() {}

    public static String write(Disclosure disclosure) {
        return new HtmlReport().of(disclosure);
    }

    private String of(Disclosure disclosure) {
        Sheet sheet = Sheets.of(disclosure);
        html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n");
        element("title", "Inferwatt: " + sheet.subtitle());
        html.append("<style>\n").append(style()).append("</style>\n</head>\n<body>\n<header>\n");
        element("h1", sheet.title());
        element("p", sheet.subtitle());
        html.append("</header>\n<main>\n");
        cards(disclosure);
        sheet.tables().forEach(this::table);
        html.append("<section>\n");
        element("h2", "What is in the figures");
        list(disclosure.boundary().statements());
        html.append("<details>\n");
        element("summary", "Formulas of all derived figures, in the names of the JSON");
        formulas(disclosure.formulas());
        html.append("</details>\n</section>\n</main>\n<footer>\n");
        element(
                "p",
                "Inferwatt " + disclosure.about().version() + ", from "
                        + disclosure.about().takenFrom() + " "
                        + disclosure.about().origin() + ", written "
                        + disclosure.about().generated() + ".");
        return html.append("</footer>\n</body>\n</html>\n").toString();
    }

    private void cards(Disclosure disclosure) {
        Total total = disclosure.total();
        html.append("<dl class=\"cards\">\n");
        card("Energy", Amounts.joules(total.joules()), "95 %: " + Amounts.band(total.low(), total.high()));
        card(
                "CO2e",
                Amounts.grams(total.co2eGrams()),
                "location-based, "
                        + (Double.isNaN(total.embodiedGrams())
                                ? "without the making of machines"
                                : "with the making of machines"));
        card("Water", Amounts.liters(total.liters()), Words.water(total));
        card("Requests", Amounts.count(total.requests()), Amounts.count(total.requestsWithFigure()) + " with a figure");
        html.append("</dl>\n");
        if (!disclosure.equivalences().isEmpty()) {
            html.append("<ul class=\"equal\">\n");
            disclosure.equivalences().stream().map(Equivalent::words).forEach(words -> element("li", words));
            html.append("</ul>\n");
        }
    }

    private void card(String what, String amount, String how) {
        html.append("<div>");
        element("dt", what);
        element("dd", amount);
        html.append("<dd class=\"how\">").append(escaped(how)).append("</dd></div>\n");
    }

    private void table(Table table) {
        html.append("<section>\n");
        if (table.rows().isEmpty()) {
            element("h2", table.title());
        } else {
            html.append("<div class=\"wide\"><table>\n");
            element("caption", table.title());
            html.append("<thead><tr>");
            for (Column column : table.columns()) {
                html.append("<th scope=\"col\"")
                        .append(column.numeric() ? " class=\"n\">" : ">")
                        .append(escaped(column.title()))
                        .append("</th>");
            }
            html.append("</tr></thead>\n<tbody>\n");
            table.rows().forEach(row -> row(table.columns(), row));
            html.append("</tbody>\n</table></div>\n");
        }
        // The total's equivalences stand above, beside its figures.
        if (!table.notes().isEmpty() && !table.id().equals("total")) {
            list(table.notes());
        }
        html.append("</section>\n");
    }

    private void row(List<Column> columns, List<Cell> row) {
        html.append("<tr><th scope=\"row\">").append(escaped(row.get(0).text())).append("</th>");
        for (int i = 1; i < row.size(); i++) {
            html.append(columns.get(i).numeric() ? "<td class=\"n\">" : "<td>")
                    .append(escaped(row.get(i).text()))
                    .append("</td>");
        }
        html.append("</tr>\n");
    }

    private void list(List<String> items) {
        html.append("<ul class=\"notes\">\n");
        items.forEach(item -> element("li", item));
        html.append("</ul>\n");
    }

    private void formulas(List<Formula> formulas) {
        html.append(
                "<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">figure</th><th scope=\"col\">formula</th></tr></thead>\n<tbody>\n");
        for (Formula formula : formulas) {
            html.append("<tr><th scope=\"row\"><code>")
                    .append(escaped(formula.figure()))
                    .append("</code></th><td><code>")
                    .append(escaped(formula.formula()))
                    .append("</code></td></tr>\n");
        }
        html.append("</tbody>\n</table></div>\n");
    }

    private void element(String name, String text) {
        html.append('<')
                .append(name)
                .append('>')
                .append(escaped(text))
                .append("</")
                .append(name)
                .append(">\n");
    }

    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(each -> {
            switch (each) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(Character.isISOControl(each) ? ' ' : each);
            }
        });
        return escaped.toString();
    }

    private static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream(STYLE)) {
            if (in == null) {
                throw new IllegalStateException(STYLE + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
