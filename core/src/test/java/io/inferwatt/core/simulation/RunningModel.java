package io.inferwatt.core.simulation;

/**
 * A model at work: its calls in flight and the integrals over them. These advance only when its calls change or somebody
 * asks, so that an event costs the same however many calls and models there are.
 */
final class RunningModel {

    final ModelLoad load;
    private final int index;
    private final Chance random;
    private final double meanUnits;

    private int calls;
    private long unitsInFlight;
    private double watts;
    private boolean spinning;
    private boolean lingering;
    private double quietSince = Double.POSITIVE_INFINITY;
    private double changeAt = Double.POSITIVE_INFINITY;
    private double nextArrival = Double.POSITIVE_INFINITY;

    private double lastSeconds;
    private double lastFullSpeed;
    private double cpuSeconds;
    private double joules;
    private double inFlightSeconds;
    private double unitSeconds;

    RunningModel(int index, ModelLoad load, Chance random) {
        this.index = index;
        this.load = load;
        this.random = random;
        this.meanUnits =
                load.units.stream().mapToInt(Integer::intValue).average().orElse(1);
    }

    /** Lets calls come from now on. */
    void open(double seconds) {
        changeAt = seconds + load.changeSeconds;
        planArrival(seconds);
    }

    void planArrival(double seconds) {
        nextArrival = load.callsPerSecond > 0
                ? seconds + random.exponential() / load.callsPerSecond
                : Double.POSITIVE_INFINITY;
    }

    double nextArrival() {
        return nextArrival;
    }

    /** Returns when a tail ends. */
    double nextCalm() {
        double spun = spinning ? quietSince + load.spinSeconds : Double.POSITIVE_INFINITY;
        double faded = lingering ? quietSince + load.lingeringSeconds : Double.POSITIVE_INFINITY;
        return Math.min(spun, faded);
    }

    /** Ends the tails that are over. */
    void calm(double seconds, double fullSpeed) {
        advance(seconds, fullSpeed);
        spinning &= seconds < quietSince + load.spinSeconds;
        lingering &= seconds < quietSince + load.lingeringSeconds;
    }

    SimulatedCall begin(double seconds, double fullSpeed) {
        advance(seconds, fullSpeed);
        spinning = false;
        lingering = false;
        int units = load.units.get(random.below(load.units.size()));
        double power = load.watts
                * logNormal(load.powerVariation)
                * units
                / meanUnits
                * (seconds >= changeAt ? load.changeFactor : 1);
        SimulatedCall call = new SimulatedCall(
                index,
                seconds,
                load.unitsKnown ? units : 1,
                power,
                load.seconds * logNormal(load.durationVariation),
                fullSpeed);
        calls++;
        unitsInFlight += call.units;
        watts += power;
        return call;
    }

    void end(SimulatedCall call, double seconds, double fullSpeed) {
        advance(seconds, fullSpeed);
        call.endSeconds = seconds;
        calls--;
        unitsInFlight -= call.units;
        watts -= call.watts;
        if (calls == 0) {
            watts = 0; // what adding and taking away has rounded
            quietSince = seconds;
            spinning = load.spinSeconds > 0;
            lingering = load.lingeringSeconds > 0;
        }
    }

    private double logNormal(double variation) {
        double variance = StrictMath.log1p(variation * variation);
        return variation == 0 ? 1 : StrictMath.exp(Math.sqrt(variance) * random.normal() - variance / 2);
    }

    void advance(double seconds, double fullSpeed) {
        double elapsed = seconds - lastSeconds;
        double worked = fullSpeed - lastFullSpeed;
        cpuSeconds += demand() * worked;
        joules += (watts + (spinning ? load.spinWatts : 0)) * worked + (lingering ? load.lingeringWatts : 0) * elapsed;
        inFlightSeconds += calls * elapsed;
        unitSeconds += unitsInFlight * elapsed;
        lastSeconds = seconds;
        lastFullSpeed = fullSpeed;
    }

    /** Returns the cores it would use if nothing else ran. */
    double demand() {
        return load.cores * (spinning ? 1 : calls);
    }

    double cpuSeconds() {
        return cpuSeconds;
    }

    double joules() {
        return joules;
    }

    double inFlightSeconds() {
        return inFlightSeconds;
    }

    double unitSeconds() {
        return unitSeconds;
    }
}
