package io.inferwatt.exporters.dashboards;

import java.util.ArrayList;
import java.util.List;

/**
 * One panel. Made by one thread while dashboards are put together.
 *
 * @see PanelJson how it is rendered
 */
final class Panel {

    /** How figures are shown. */
    enum Kind {
        /** One number. */
        STAT("stat"),
        /** Lines over time. */
        LINES("timeseries"),
        /** Areas over time, one on the other, whose sum means something. */
        STACK("timeseries"),
        /** A bar for each series, as things are now. */
        BARS("bargauge"),
        /** A row for each set of labels, a column for each question. */
        TABLE("table");

        private final String type;

        Kind(String type) {
            this.type = type;
        }

        String type() {
            return type;
        }
    }

    /** Where a figure turns yellow and red. */
    enum Limits {
        NONE,
        /** Of a budget: yellow from 0.8, red from 1. */
        CONSUMED,
        /** Of a pace: yellow from 1.1, red from 2. */
        PACE,
        /** Of a share that is meant to be whole: red below 0.8, yellow below 0.95. */
        WHOLE,
        /** Of something that is meant not to happen: yellow above 0. */
        FAULTS,
        /** Of an age in seconds: yellow from 10, red from 60. */
        AGE
    }

    private final Kind kind;
    private final String title;
    private final String unit;
    private final String description;
    private final List<Query> queries = new ArrayList<>();
    private int width = 12;
    private int height = 8;
    private Limits limits = Limits.NONE;
    private String absent = "no data";
    private boolean logarithmic;
    private boolean band;
    private boolean now;
    private double max = Double.NaN;

    private Panel(Kind kind, String title, String unit, String description) {
        this.kind = kind;
        this.title = title;
        this.unit = unit;
        this.description = description;
    }

    /**
     * Begins a panel.
     *
     * @param unit in Grafana's words
     * @param description what the figure means, its boundary and its quality
     */
    static Panel of(Kind kind, String title, String unit, String description) {
        Panel panel = new Panel(kind, title, unit, description.strip().replace('\n', ' '));
        return kind == Kind.STAT ? panel.size(3, 4) : panel;
    }

    Panel ask(String legend, String expression) {
        return column(legend, expression, "");
    }

    Panel column(String legend, String expression, String columnUnit) {
        queries.add(new Query(legend, Promql.line(expression), columnUnit));
        return this;
    }

    /** @param columns of the 24 of a dashboard */
    Panel size(int columns, int rows) {
        width = columns;
        height = rows;
        return this;
    }

    Panel limits(Limits value) {
        limits = value;
        return this;
    }

    /** Says what it means when there is no series, so that nobody takes it for nought. */
    Panel absent(String text) {
        absent = text;
        return this;
    }

    /** For figures that are orders of magnitude apart. */
    Panel logarithmic() {
        logarithmic = true;
        return this;
    }

    /** The second and third question are the ends of a band around the first. */
    Panel band() {
        band = true;
        return this;
    }

    /** Asks once, for the end of the time shown: for what looks back over all of it by itself. */
    Panel now() {
        now = true;
        return this;
    }

    Panel upTo(double value) {
        max = value;
        return this;
    }

    Kind kind() {
        return kind;
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }

    String description() {
        return description;
    }

    List<Query> queries() {
        return queries;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    Limits limits() {
        return limits;
    }

    String absent() {
        return absent;
    }

    boolean isLogarithmic() {
        return logarithmic;
    }

    boolean hasBand() {
        return band;
    }

    boolean isNow() {
        return now || kind == Kind.BARS || kind == Kind.TABLE;
    }

    double max() {
        return max;
    }
}
