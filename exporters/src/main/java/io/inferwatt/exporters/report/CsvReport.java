package io.inferwatt.exporters.report;

import io.inferwatt.core.report.disclosure.Disclosure;
import io.inferwatt.exporters.report.Sheet.Cell;
import io.inferwatt.exporters.report.Sheet.Column;
import io.inferwatt.exporters.report.Sheet.Table;
import java.util.List;

/**
 * The disclosure as one flat table (RFC 4180): {@code table,row,column,value,unit,text}, one line for each figure or word. A value
 * that is not known is empty, and the text says so.
 */
public final class CsvReport {

    private CsvReport() {}

    /** Returns the table; lines end in carriage return and line feed. */
    public static String write(Disclosure disclosure) {
        StringBuilder csv = new StringBuilder();
        line(csv, "table", "row", "column", "value", "unit", "text");
        about(csv, "schema", disclosure.schema() + " " + disclosure.schemaVersion());
        about(csv, "service", disclosure.about().service());
        about(csv, "host", disclosure.about().host());
        about(csv, "version", disclosure.about().version());
        about(
                csv,
                "taken_from",
                disclosure.about().takenFrom() + " " + disclosure.about().origin());
        about(csv, "generated", disclosure.about().generated());
        about(csv, "begin", disclosure.period().begin());
        about(csv, "end", disclosure.period().end());
        about(csv, "boundary", disclosure.boundary().energy());
        line(csv, "about", "", "seconds", value(disclosure.period().seconds()), "s", "");
        for (Table table : Sheets.of(disclosure).tables()) {
            for (List<Cell> row : table.rows()) {
                row(csv, table, row);
            }
            for (String note : table.notes()) {
                line(csv, table.id(), "", "note", "", "", note);
            }
        }
        return csv.toString();
    }

    private static void about(StringBuilder csv, String what, String text) {
        line(csv, "about", "", what, "", "", text);
    }

    private static void row(StringBuilder csv, Table table, List<Cell> row) {
        Cell first = row.get(0);
        String name = first.id().isEmpty() ? first.text() : first.id();
        for (int i = 1; i < row.size(); i++) {
            Column column = table.columns().get(i);
            Cell cell = row.get(i);
            if (!column.id().isEmpty()) {
                line(
                        csv,
                        table.id(),
                        name,
                        column.id(),
                        column.numeric() ? value(cell.value()) : "",
                        column.unit().isEmpty() ? cell.unit() : column.unit(),
                        cell.text());
            }
        }
    }

    private static String value(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static void line(StringBuilder csv, String... fields) {
        for (int i = 0; i < fields.length; i++) {
            csv.append(i == 0 ? "" : ",").append(quoted(fields[i]));
        }
        csv.append("\r\n");
    }

    /** A text that a spreadsheet would run as a formula gets an apostrophe: names of models and tenants are not ours. */
    private static String quoted(String field) {
        String safe = field;
        if (!field.isEmpty() && "=+-@\t\r".indexOf(field.charAt(0)) >= 0 && !isNumber(field)) {
            safe = "'" + field;
        }
        boolean plain = safe.chars().noneMatch(each -> each == ',' || each == '"' || each == '\n' || each == '\r');
        return plain ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
    }

    private static boolean isNumber(String field) {
        try {
            Double.parseDouble(field);
            return true;
        } catch (NumberFormatException text) {
            return false;
        }
    }
}
