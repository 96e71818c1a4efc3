package io.inferwatt.core.report;

/** What a budget limits. */
public enum BudgetKind {
    /** Joules of IT energy, boundary {@code with_idle}, on this machine and others. */
    ENERGY("energy", "J"),

    /** Grams of CO2e at facility level, operational and embodied, location-based. */
    CO2E("co2e", "g"),

    /** Litres of water at facility level, on site and at power plants. */
    WATER("water", "L"),

    /** Mean joules per request: how thrifty requests are, not how much all of them draw. */
    EFFICIENCY("efficiency", "J/request");

    private final String label;
    private final String unit;

    BudgetKind(String label, String unit) {
        this.label = label;
        this.unit = unit;
    }

    /** Returns the value of the label {@code kind}. */
    public String label() {
        return label;
    }

    /** Returns the unit of all figures of such a budget. */
    public String unit() {
        return unit;
    }
}
