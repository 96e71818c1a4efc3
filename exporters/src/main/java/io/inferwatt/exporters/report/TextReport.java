package io.inferwatt.exporters.report;

import io.inferwatt.core.report.disclosure.Disclosure;
import io.inferwatt.exporters.report.Sheet.Cell;
import io.inferwatt.exporters.report.Sheet.Column;
import io.inferwatt.exporters.report.Sheet.Table;
import java.util.ArrayList;
import java.util.List;

/** The disclosure as plain text of at most {@value #WIDTH} columns, as far as names allow. */
public final class TextReport {

    static final int WIDTH = 100;

    private static final int GAP = 2;
    private static final int LONGEST_NAME = 16;

    private final StringBuilder text = new StringBuilder();

    private TextReport() {}

    /** Returns the text; lines end in a line feed. */
    public static String write(Disclosure disclosure) {
        return new TextReport().of(disclosure);
    }

    private String of(Disclosure disclosure) {
        Sheet sheet = Sheets.of(disclosure);
        line(sheet.title());
        line("=".repeat(sheet.title().length()));
        wrapped("", sheet.subtitle());
        wrapped(
                "",
                "Inferwatt " + disclosure.about().version() + ", from "
                        + disclosure.about().takenFrom() + " "
                        + disclosure.about().origin() + ", written "
                        + disclosure.about().generated());
        for (Table table : sheet.tables()) {
            line("");
            line(table.title());
            line("-".repeat(table.title().length()));
            rows(table);
            table.notes().forEach(note -> wrapped("  ", note));
        }
        line("");
        line("What is in the figures");
        line("----------------------");
        disclosure.boundary().statements().forEach(statement -> wrapped("  ", statement));
        wrapped(
                "  ",
                "In tables - is a figure that is not known. The formulas of all derived figures are in the JSON of this report.");
        return text.toString();
    }

    private void rows(Table table) {
        if (table.rows().isEmpty()) {
            return;
        }
        int columns = table.columns().size();
        int[] widths = new int[columns];
        for (int i = 0; i < columns; i++) {
            widths[i] = table.columns().get(i).title().length();
            for (List<Cell> row : table.rows()) {
                widths[i] = Math.max(widths[i], shown(table, row.get(i)).length());
            }
        }
        widths[0] = Math.min(widths[0], Math.max(LONGEST_NAME, left(widths)));
        boolean headed = isHeaded(table);
        if (headed) {
            line(row(table.columns().stream().map(Column::title).toList(), table, widths));
        }
        for (List<Cell> row : table.rows()) {
            List<String> cells = row.stream().map(cell -> shown(table, cell)).toList();
            if (cells.get(0).length() > widths[0]) {
                line("  " + cells.get(0));
                cells = new ArrayList<>(cells);
                cells.set(0, "");
            }
            line(row(cells, table, widths));
        }
    }

    private static int left(int[] widths) {
        int left = WIDTH - GAP;
        for (int i = 1; i < widths.length; i++) {
            left -= widths[i] + GAP;
        }
        return left;
    }

    private static String row(List<String> cells, Table table, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            String pad = " ".repeat(Math.max(0, widths[i] - cell.length()));
            line.append("  ").append(table.columns().get(i).numeric() ? pad + cell : cell + pad);
        }
        return line.toString().stripTrailing();
    }

    private static boolean isHeaded(Table table) {
        return table.columns().size() > 3;
    }

    /** In a wide table a dash is room for what is known. */
    private static String shown(Table table, Cell cell) {
        return isHeaded(table) && cell.text().equals(Amounts.UNKNOWN) ? "-" : plain(cell.text());
    }

    /** Names of models and tenants may hold anything; none may move the cursor. */
    private static String plain(String words) {
        StringBuilder plain = new StringBuilder(words.length());
        words.codePoints().forEach(each -> plain.appendCodePoint(Character.isISOControl(each) ? ' ' : each));
        return plain.toString();
    }

    private void wrapped(String indent, String words) {
        StringBuilder line = new StringBuilder(indent);
        for (String word : plain(words).strip().split(" +", -1)) {
            if (line.length() > indent.length() && line.length() + 1 + word.length() > WIDTH) {
                line(line.toString());
                line = new StringBuilder(indent).append("  ");
                line.append(word);
            } else {
                line.append(line.length() > indent.length() ? " " : "").append(word);
            }
        }
        line(line.toString());
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
