package io.inferwatt.core.report;

/** How far one budget is used up. */
public record BudgetTotals(String name) {}
