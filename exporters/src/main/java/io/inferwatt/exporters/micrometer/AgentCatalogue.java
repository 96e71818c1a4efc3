package io.inferwatt.exporters.micrometer;

import static io.inferwatt.exporters.micrometer.Catalogue.PREFIX;
import static io.inferwatt.exporters.micrometer.Family.counter;
import static io.inferwatt.exporters.micrometer.Family.gauge;

import java.util.List;

/** Families of what the meter itself costs and how well it keeps time, part of {@link Catalogue#ALL}. */
final class AgentCatalogue {

    static final Family ENERGY = counter(
            PREFIX + "agent.energy",
            "joules",
            "Joules of the meter's own threads; part of unattributed energy with reason runtime.");

    static final Family CPU = counter(PREFIX + "agent.cpu", "seconds", "Processor seconds of the meter's own threads.");

    static final Family CPU_SHARE = gauge(
            PREFIX + "agent.cpu.share",
            "ratio",
            "Part of one core that the meter's own threads used in the last half minute; absent in the first one.");

    static final Family CPU_MAX = gauge(
            PREFIX + "agent.cpu.max",
            "ratio",
            "Part of one core that the meter may use (agent.cpu.max); above it, it looks more rarely.");

    static final Family ALLOCATED =
            counter(PREFIX + "agent.allocated", "bytes", "Bytes allocated by the meter's own threads.");

    static final Family TICKS =
            counter(PREFIX + "agent.ticks", null, "Times that the meter looked at all its counters.");

    static final Family TICK_LAG = counter(
            PREFIX + "agent.tick.lag",
            "seconds",
            "Seconds that ticks came later than meant, all together, their own work included; over ticks it is the mean.");

    static final Family TICK_LAG_MAX = gauge(
            PREFIX + "agent.tick.lag.max",
            "seconds",
            "Seconds that the tick which was most late, of the last half minute to minute, came later than meant.");

    static final Family TICK_INTERVAL =
            gauge(PREFIX + "agent.tick.interval", "seconds", "Seconds from tick to tick in force while calls run.");

    static final Family TICK_LENGTHENED = counter(
            PREFIX + "agent.tick.lengthened",
            null,
            "Times that ticks were made twice as long because the meter used more than agent.cpu.max.");

    static final List<Family> ALL = List.of(
            ENERGY, CPU, CPU_SHARE, CPU_MAX, ALLOCATED, TICKS, TICK_LAG, TICK_LAG_MAX, TICK_INTERVAL, TICK_LENGTHENED);

    private AgentCatalogue() {}
}
