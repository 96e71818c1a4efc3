package io.inferwatt.core.footprint.remote;

/**
 * The formulas of EcoLogits 0.9 (https://github.com/mlco2/ecologits, 5be90da of 2026-03-13), written anew: a fit of the ML.ENERGY
 * leaderboard on NVIDIA H100, batch up to 512, models up to 200 B. Parameters in billions.
 */
final class EcoLogitsFormula {

    /** Requests at a time that EcoLogits assumes. */
    static final int BATCH = 64;

    /** Bits per parameter that EcoLogits assumes. */
    static final int BITS = 16;

    /** GPUs of the server that EcoLogits assumes, AWS p5.48xlarge. */
    static final int GPUS_PER_SERVER = 8;

    private static final double ENERGY_ALPHA = 1.1665273170451914e-06;
    private static final double ENERGY_BETA = -0.011205921025579175;
    private static final double ENERGY_GAMMA = 4.052928146734005e-05;
    private static final double SECONDS_PER_ACTIVE = 0.0006785088094353663;
    private static final double SECONDS_PER_BATCH = 0.0003119310311688259;
    private static final double SECONDS_PER_TOKEN = 0.019473717579473387;
    private static final double MEMORY_OVERHEAD = 1.2;
    private static final double GPU_GIGABYTES = 80;
    private static final double SERVER_KILOWATTS = 1.2;
    private static final double LIFE_SECONDS = 3.0 * 365 * 86400;

    private EcoLogitsFormula() {}

    /** Returns the time the server takes to write, in seconds. */
    static double generationSeconds(double active, long outputTokens, int batch) {
        return outputTokens * (SECONDS_PER_ACTIVE * active + SECONDS_PER_BATCH * batch + SECONDS_PER_TOKEN);
    }

    /** Returns how many GPUs hold the model: enough for its memory, rounded up to a power of two. */
    static long gpus(double total, int bits) {
        double gigabytes = MEMORY_OVERHEAD * total * bits / 8;
        long needed = Math.max(1, (long) Math.ceil(gigabytes / GPU_GIGABYTES));
        long floor = Long.highestOneBit(needed);
        return floor == needed ? needed : floor * 2;
    }

    /** Returns the IT energy of a request in kWh: GPUs, and the part of the server around them. */
    static double kilowattHours(
            double active, double total, long outputTokens, double generationSeconds, int batch, int bits) {
        long gpus = gpus(total, bits);
        double wattHoursPerToken = ENERGY_ALPHA * Math.exp(ENERGY_BETA * batch) * active + ENERGY_GAMMA;
        double gpu = outputTokens * wattHoursPerToken / 1000;
        double server = generationSeconds / 3600 * SERVER_KILOWATTS * gpus / GPUS_PER_SERVER / batch;
        return server + gpus * gpu;
    }

    /**
     * Returns the share of a request in the making of its machines.
     *
     * @param ofServer what one server without GPUs cost to make, in any unit
     * @param ofGpu the same of a GPU
     */
    static double embodied(double total, double generationSeconds, int batch, int bits, double ofServer, double ofGpu) {
        long gpus = gpus(total, bits);
        double ofAll = (double) gpus / GPUS_PER_SERVER * ofServer + gpus * ofGpu;
        return generationSeconds * ofAll / (LIFE_SECONDS * batch);
    }
}
