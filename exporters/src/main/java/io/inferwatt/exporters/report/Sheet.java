package io.inferwatt.exporters.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A disclosure laid out in tables, the same for text, HTML and CSV.
 *
 * @param title of the whole
 * @param subtitle service, period and the like, in one line
 * @param tables in the order in which a person reads them
 */
record Sheet(String title, String subtitle, List<Table> tables) {

    Sheet {
        tables = List.copyOf(tables);
    }

    /**
     * A table.
     *
     * @param id for programs
     * @param title for people
     * @param notes sentences that belong below it
     * @param columns the first one names the row
     */
    record Table(String id, String title, List<Column> columns, List<List<Cell>> rows, List<String> notes) {

        Table {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
            notes = List.copyOf(notes);
        }
    }

    /**
     * A column.
     *
     * @param id for programs; empty if programs find the figure in another column
     * @param unit of the value, empty for none
     * @param numeric whether figures stand in it
     */
    record Column(String id, String title, String unit, boolean numeric) {

        static Column text(String id, String title) {
            return new Column(id, title, "", false);
        }

        static Column figure(String id, String title, String unit) {
            return new Column(id, title, unit, true);
        }
    }

    /**
     * What stands in a row and column.
     *
     * @param text for people
     * @param value for programs, NaN where it is not known or no number
     * @param id what programs call it, empty where that is the text
     * @param unit where the column has none of its own
     */
    record Cell(String text, double value, String id, String unit) {

        static Cell of(String text) {
            return new Cell(text, Double.NaN, "", "");
        }
    }

    /** Puts a row together. */
    static final class Row {

        private final List<Cell> cells = new ArrayList<>();

        Row text(String text) {
            cells.add(Cell.of(text));
            return this;
        }

        /** A name with the id of what it names. */
        Row named(String text, String id) {
            cells.add(new Cell(text, Double.NaN, id, ""));
            return this;
        }

        Row figure(String text, double value) {
            cells.add(new Cell(text, value, "", ""));
            return this;
        }

        Row joules(double joules) {
            return figure(Amounts.joules(joules), joules);
        }

        Row grams(double grams) {
            return figure(Amounts.grams(grams), grams);
        }

        Row liters(double liters) {
            return figure(Amounts.liters(liters), liters);
        }

        Row count(double count) {
            return figure(Amounts.count(count), count);
        }

        Row percent(double share) {
            return figure(Amounts.percent(share), share);
        }

        List<Cell> cells() {
            return List.copyOf(cells);
        }
    }
}
