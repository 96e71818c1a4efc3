package io.inferwatt.core.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A machine from event to event. When more cores are wanted than there are, everything slows down alike (processor
 * sharing); <em>full-speed time</em> is the time that would have passed without that. What happens depends on the seed
 * alone, not on when somebody looks.
 */
final class SimulatedHost {

    private static final double STEP_SECONDS = 0.005;

    private final Machine machine;
    private final RunningModel[] models;
    private final WanderingLoad others;
    private final WanderingLoad runtime;
    private final PriorityQueue<SimulatedCall> inFlight =
            new PriorityQueue<>(Comparator.comparingDouble((SimulatedCall call) -> call.done));
    private List<SimulatedCall> ended = new ArrayList<>();

    private double seconds;
    private double fullSpeed;
    private double speed = 1;
    private long steps;
    private double openSeconds;

    /**
     * Starts a machine at time 0.
     *
     * @param quietSeconds how long nobody calls a model
     */
    SimulatedHost(Machine machine, List<ModelLoad> loads, double quietSeconds, Chance random) {
        this.machine = machine;
        this.openSeconds = quietSeconds;
        this.others = new WanderingLoad(machine.others(), STEP_SECONDS, random.split());
        this.runtime = new WanderingLoad(machine.runtime(), STEP_SECONDS, random.split());
        this.models = new RunningModel[loads.size()];
        for (int i = 0; i < models.length; i++) {
            models[i] = new RunningModel(i, loads.get(i), random.split());
        }
        share();
    }

    /** Lets time pass. */
    void advanceTo(double until) {
        while (true) {
            double next = Math.min((steps + 1) * STEP_SECONDS, openSeconds);
            SimulatedCall first = inFlight.peek();
            double end = first == null ? Double.POSITIVE_INFINITY : seconds + (first.done - fullSpeed) / speed;
            next = Math.min(next, end);
            for (RunningModel model : models) {
                next = Math.min(next, Math.min(model.nextArrival(), model.nextCalm()));
            }
            if (next > until) {
                pass(until);
                break;
            }
            pass(Math.max(next, seconds));
            happen(first, end);
            share();
        }
        for (RunningModel model : models) {
            model.advance(seconds, fullSpeed);
        }
    }

    private void pass(double until) {
        double worked = (until - seconds) * speed;
        others.work(worked);
        runtime.work(worked);
        fullSpeed += worked;
        seconds = until;
    }

    private void happen(SimulatedCall first, double end) {
        if (end <= seconds) {
            inFlight.remove();
            fullSpeed = Math.max(fullSpeed, first.done);
            models[first.model].end(first, seconds, fullSpeed);
            ended.add(first);
            follow(models[first.model].load, first.model);
            return;
        }
        if ((steps + 1) * STEP_SECONDS <= seconds) {
            steps++;
            others.step();
            runtime.step();
        }
        if (openSeconds <= seconds) {
            openSeconds = Double.POSITIVE_INFINITY;
            open();
        }
        for (int i = 0; i < models.length; i++) {
            if (models[i].nextCalm() <= seconds) {
                models[i].calm(seconds, fullSpeed);
            }
            if (models[i].nextArrival() <= seconds) {
                begin(i);
                models[i].planArrival(seconds);
            }
        }
    }

    private void open() {
        for (int i = 0; i < models.length; i++) {
            models[i].open(seconds);
            for (int call = 0; call < models[i].load.alwaysInFlight; call++) {
                begin(i);
            }
        }
    }

    private void follow(ModelLoad load, int model) {
        if (load.alwaysInFlight > 0) {
            begin(model);
        }
        if (load.follower != ModelLoad.NOBODY) {
            begin(load.follower);
        }
    }

    private void begin(int model) {
        inFlight.add(models[model].begin(seconds, fullSpeed));
    }

    private void share() {
        double demand = others.demand() + runtime.demand();
        for (RunningModel model : models) {
            demand += model.demand();
        }
        speed = demand > machine.cores() ? machine.cores() / demand : 1;
    }

    /** Returns the calls that ended since this was last asked. */
    List<SimulatedCall> takeEnded() {
        List<SimulatedCall> taken = ended;
        ended = new ArrayList<>();
        return taken;
    }

    double seconds() {
        return seconds;
    }

    int cores() {
        return machine.cores();
    }

    int models() {
        return models.length;
    }

    RunningModel model(int index) {
        return models[index];
    }

    /** Returns what its models use of the machine at this moment, in cores. */
    double coresOf(int index) {
        return models[index].demand() * speed;
    }

    double idleJoules() {
        return machine.idleJoules(seconds);
    }

    WanderingLoad runtime() {
        return runtime;
    }

    WanderingLoad others() {
        return others;
    }

    double joules() {
        double joules = idleJoules() + runtime.joules() + others.joules();
        for (RunningModel model : models) {
            joules += model.joules();
        }
        return joules;
    }
}
