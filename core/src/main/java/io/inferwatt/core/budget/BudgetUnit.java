package io.inferwatt.core.budget;

import io.inferwatt.core.report.BudgetKind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Units that a limit may be written in. */
enum BudgetUnit {
    JOULE(BudgetKind.ENERGY, "J", 1),
    KILOJOULE(BudgetKind.ENERGY, "kJ", 1e3),
    MEGAJOULE(BudgetKind.ENERGY, "MJ", 1e6),
    WATT_HOUR(BudgetKind.ENERGY, "Wh", 3600),
    KILOWATT_HOUR(BudgetKind.ENERGY, "kWh", 3.6e6),
    GRAM(BudgetKind.CO2E, "g", 1),
    KILOGRAM(BudgetKind.CO2E, "kg", 1e3),
    LITER(BudgetKind.WATER, "L", 1),
    MILLILITER(BudgetKind.WATER, "mL", 1e-3),
    JOULE_PER_REQUEST(BudgetKind.EFFICIENCY, "J/request", 1);

    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);

    final BudgetKind kind;
    final String label;

    /** In the unit of the kind. */
    final double factor;

    BudgetUnit(BudgetKind kind, String label, double factor) {
        this.kind = kind;
        this.label = label;
        this.factor = factor;
    }

    /** Returns the unit so written, in any case but for {@code mJ}, which is none of these; null if there is none. */
    static @Nullable BudgetUnit of(String written) {
        for (BudgetUnit unit : values()) {
            if (unit.label.equals(written) || (unit != MEGAJOULE && unit.label.equalsIgnoreCase(written))) {
                return unit;
            }
        }
        return null;
    }

    /** Returns a figure of the kind in this unit, as a person reads it: three digits. */
    String number(double amount) {
        return Double.isFinite(amount)
                ? new BigDecimal(amount / factor)
                        .round(THREE_DIGITS)
                        .stripTrailingZeros()
                        .toPlainString()
                : "unknown";
    }
}
