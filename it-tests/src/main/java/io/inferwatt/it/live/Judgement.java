package io.inferwatt.it.live;

import java.util.List;

/**
 * What a meter said of an interval, beside the truth.
 *
 * @param method of attribution that was in force
 * @param readings that the meter made of its source
 * @param models in the order of the workload
 * @param total of the whole machine
 */
public record Judgement(
        String method,
        double seconds,
        double readings,
        List<Model> models,
        Part runtime,
        Part other,
        Part idle,
        Part total) {

    public Judgement {
        models = List.copyOf(models);
    }

    /** Joules of one cause. */
    public record Part(double metered, double truth) {

        /** Returns the error as percentage of the truth. */
        public double biasPercent() {
            return 100 * (metered / truth - 1);
        }

        Part plus(Part more) {
            return new Part(metered + more.metered, truth + more.truth);
        }

        /** Returns this divided by a number of requests, or of seconds: watts. */
        public Part per(double count) {
            return new Part(metered / count, truth / count);
        }
    }

    /**
     * One model.
     *
     * @param requests as the application counts its calls
     * @param meteredRequests as the meter does
     * @param dynamic joules above idle
     * @param idleShare what the boundary with_idle adds
     */
    public record Model(String name, long requests, long meteredRequests, Part dynamic, Part idleShare) {

        /** Returns joules in the boundary with_idle. */
        public Part withIdle() {
            return dynamic.plus(idleShare);
        }

        /** Returns a part of this model for each request that the application counts. */
        public Part perRequest(Part part) {
            return part.per((double) requests);
        }
    }

    /** Returns what the columns leave of the meter's total; not 0 would mean that its books are wrong. */
    public double residual() {
        return total.metered
                - models.stream().mapToDouble(model -> model.dynamic.metered).sum()
                - runtime.metered
                - other.metered
                - idle.metered;
    }
}
