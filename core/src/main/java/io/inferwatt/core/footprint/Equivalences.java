package io.inferwatt.core.footprint;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an amount of energy or of CO2e is in things that people know. Every one names its factor, source and year, since publishers
 * revise them. Safe from all threads; immutable.
 */
public final class Equivalences {

    private static final String RESOURCE = "equivalences.csv";

    private static volatile @Nullable Equivalences embedded;
    private static final int COLUMNS = 10;
    private static final double JOULES_PER_KWH = 3.6e6;
    private static final double GRAMS_PER_KG = 1000;

    /** Fewer say nothing to anybody. */
    private static final double FEWEST = 0.01;

    /** More cannot be imagined any better than the amount itself. */
    private static final double MOST = 1e6;

    private final List<Thing> things;

    private Equivalences(List<Thing> things) {
        this.things = List.copyOf(things);
    }

    /**
     * Something that people know.
     *
     * @param ofEnergy whether it stands for energy, else for CO2e
     * @param amount what one of it draws or emits, in {@code unit}
     * @param unit {@code kWh} or {@code kgCO2e}
     * @param definition what exactly one is
     * @param status how the figure was read
     */
    public record Thing(
            String key,
            boolean ofEnergy,
            double amount,
            String unit,
            String one,
            String many,
            String definition,
            int year,
            String source,
            String status) {}

    /** So many of a thing. */
    public record Equivalence(double count, Thing thing) {

        /** Returns for instance {@code = 12 phone charges (0.019 kWh each, US EPA 2024)}. */
        public String inWords() {
            String shown = shown(count);
            boolean kilos = thing.unit().startsWith("kg");
            double amount = kilos && thing.amount() < 1 ? thing.amount() * GRAMS_PER_KG : thing.amount();
            String unit = kilos ? (thing.amount() < 1 ? "g CO2e" : "kg CO2e") : thing.unit();
            return "= " + shown + " " + (shown.equals("1") ? thing.one() : thing.many()) + " (" + plain(amount) + " "
                    + unit + " each, " + thing.source() + " " + thing.year() + ")";
        }

        private static String shown(double count) {
            if (count >= 100) {
                return String.format(Locale.ROOT, "%,.0f", count).replace(',', ' ');
            }
            return plain(Double.parseDouble(String.format(Locale.ROOT, count >= 10 ? "%.3g" : "%.2g", count)));
        }

        private static String plain(double number) {
            String text = String.format(Locale.ROOT, "%.4f", number);
            int end = text.length();
            while (text.charAt(end - 1) == '0') {
                end--;
            }
            return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
        }
    }

    /** Returns the table that comes with this library; throws {@link IllegalStateException} where it is missing or damaged. */
    public static Equivalences embedded() {
        Equivalences known = embedded;
        if (known == null) {
            known = read(); // twice at worst: a page that is open asks once a second
            embedded = known;
        }
        return known;
    }

    private static Equivalences read() {
        try (InputStream in = Equivalences.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IOException("not in the jar");
            }
            List<List<String>> records =
                    CsvRecords.read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
            List<Thing> things = new ArrayList<>();
            for (List<String> fields : records.subList(1, records.size())) {
                things.add(thing(fields));
            }
            return new Equivalences(things);
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException("the table " + RESOURCE + " cannot be read", e);
        }
    }

    private static Thing thing(List<String> fields) throws IOException {
        if (fields.size() != COLUMNS) {
            throw new IOException(fields.size() + " fields instead of " + COLUMNS);
        }
        return new Thing(
                fields.get(0),
                fields.get(1).equals("energy"),
                Double.parseDouble(fields.get(2)),
                fields.get(3),
                fields.get(4),
                fields.get(5),
                fields.get(6),
                Integer.parseInt(fields.get(7)),
                fields.get(8),
                fields.get(9));
    }

    /** Returns all things that are known. */
    public List<Thing> things() {
        return things;
    }

    /**
     * Returns what two amounts are, those alone whose count a person can grasp; none for tiny amounts, nor for NaN.
     *
     * @param joules of electricity
     * @param grams of CO2e
     */
    public List<Equivalence> of(double joules, double grams) {
        List<Equivalence> found = new ArrayList<>();
        for (Thing thing : things) {
            double count = thing.ofEnergy()
                    ? joules / (thing.amount() * JOULES_PER_KWH)
                    : grams / (thing.amount() * GRAMS_PER_KG);
            if (count >= FEWEST && count <= MOST) {
                found.add(new Equivalence(count, thing));
            }
        }
        return found;
    }
}
