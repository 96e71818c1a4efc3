package io.inferwatt.core.simulation;

import java.util.List;
import java.util.function.Supplier;

/**
 * Rows of a table that come from the same runs.
 *
 * @param scenario makes it anew for each seed
 * @param figures one row each
 */
record Condition(String name, Supplier<Scenario> scenario, List<Figure> figures) {}
