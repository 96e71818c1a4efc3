package io.inferwatt.agent.command;

import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.DomainReading;
import io.inferwatt.core.energy.ReadingFlag;
import java.util.ArrayList;
import java.util.List;

/** One row for each domain, and below it in words what the row cannot say. */
final class DomainTable {

    private static final List<String> HEAD =
            List.of("DOMAIN", "SOURCE", "QUALITY", "POWER NOW", "UPDATES", "ERROR (95 %)");
    private static final int GAP = 2;
    private static final int REMARK_COLUMN = 4;

    /** A PCI address fits, a UUID is cut and told in full below. */
    private static final int LONGEST_NAME = 16;

    private final List<DomainReading> readings;
    private final String look;

    DomainTable(Examination examination) {
        readings = examination.domains();
        look = examination.lookInWords();
    }

    void addTo(Page page) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        readings.forEach(reading -> rows.add(cells(reading)));
        PowerSum sum = PowerSum.of(readings);
        if (sum.parts() > 1) {
            rows.add(List.of("together", "", sum.quality(), Figures.watts(sum.watts()), "", Figures.error(sum.band())));
        }
        List<Integer> widths = widths(rows);
        for (int i = 0; i < rows.size(); i++) {
            page.row(rows.get(i), widths);
            if (i > 0 && i <= readings.size()) {
                remarks(readings.get(i - 1)).forEach(remark -> page.paragraph("", REMARK_COLUMN, remark));
            }
        }
    }

    private static List<String> cells(DomainReading reading) {
        boolean speaks = Figures.speaks(reading);
        return List.of(
                name(reading.domain()),
                reading.source(),
                speaks ? reading.quality().label() : Figures.UNKNOWN,
                Figures.watts(reading.watts()),
                Figures.update(reading),
                Figures.error(reading.band()));
    }

    private static String name(Domain domain) {
        return domain.id().length() <= LONGEST_NAME ? domain.id() : domain.id().substring(0, LONGEST_NAME);
    }

    private static List<Integer> widths(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < HEAD.size(); column++) {
            int width = 0;
            for (List<String> row : rows) {
                width = Math.max(width, row.get(column).length() + GAP);
            }
            widths.add(width);
        }
        return widths;
    }

    private List<String> remarks(DomainReading reading) {
        List<String> remarks = new ArrayList<>();
        String id = reading.domain().id();
        boolean cut = id.length() > LONGEST_NAME;
        if (!reading.device().isBlank() || cut) {
            remarks.add((reading.device() + (cut ? " (" + id + ")" : "")).strip());
        }
        for (ReadingFlag flag : ReadingFlag.values()) {
            if (reading.flags().contains(flag)) {
                remarks.add(Figures.words(flag));
            }
        }
        boolean platform = reading.domain().equals(Domain.PLATFORM);
        if (!reading.counted()) {
            remarks.add(
                    platform
                            ? "the whole machine, the parts above included: to look at, added to nothing"
                            : "inside the energy of the whole machine, so not added to it");
        }
        boolean unknown = Double.isNaN(reading.watts()) && (reading.counted() || platform);
        if (unknown) {
            remarks.add("no power: " + whyUnknown(reading));
        } else if (!reading.trouble().isBlank()) {
            remarks.add("trouble: " + reading.trouble());
        }
        if (!unknown && Figures.update(reading).equals(Figures.UNKNOWN)) {
            remarks.add("updates: moved less than three times in " + look + "; --seconds gives it more time");
        }
        return remarks;
    }

    private String whyUnknown(DomainReading reading) {
        if (!reading.trouble().isBlank()) {
            return reading.trouble();
        }
        return Figures.speaks(reading)
                ? "the counter moved less than twice in " + look + "; --seconds gives it more time"
                : "no source has a reading";
    }
}
