package io.inferwatt.exporters.micrometer;

import io.inferwatt.core.report.MeterSnapshot.OwnCost;
import io.inferwatt.core.report.MeterSnapshot.TickTotals;

/** Turns what the meter itself costs, and how well it keeps time, into series. */
final class AgentCosts {

    private final SeriesTable table;

    AgentCosts(SeriesTable table) {
        this.table = table;
    }

    void apply(OwnCost own) {
        table.add(AgentCatalogue.ENERGY, own.joules());
        table.add(AgentCatalogue.CPU, own.cpuSeconds());
        table.count(AgentCatalogue.ALLOCATED, own.allocatedBytes());
        TickTotals ticks = own.ticks();
        table.count(AgentCatalogue.TICKS, ticks.done());
        table.add(AgentCatalogue.TICK_LAG, ticks.lateSeconds());
        table.add(AgentCatalogue.TICK_LAG_MAX, ticks.latestSeconds());
        table.count(AgentCatalogue.TICK_LENGTHENED, ticks.lengthenings());
        addKnown(AgentCatalogue.TICK_INTERVAL, ticks.intervalSeconds());
        addKnown(AgentCatalogue.CPU_SHARE, ticks.cpuShare());
        addKnown(AgentCatalogue.CPU_MAX, ticks.cpuMax());
    }

    private void addKnown(Family family, double value) {
        if (!Double.isNaN(value)) {
            table.add(family, value);
        }
    }
}
