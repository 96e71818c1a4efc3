package io.inferwatt.core.footprint.remote;

import io.inferwatt.core.config.InferwattConfig.Accelerator;

/**
 * Joules of all GPUs per output token, as a function of the model: {@code ln J = constant + active ln A + total ln T + batch ln B +
 * reduced}, the last only in fp8 or mxfp4. Least squares over the runs of the ML.ENERGY benchmark v3 (February 2026; Chung et al.,
 * arXiv 2505.06371): chat, GPQA and code completion with vLLM in steady state. A and T are active and total parameters in billions.
 *
 * @param sigma root mean square error of ln J for models that were left out of the fit, one at a time
 * @param minActive the range that was measured, from here
 * @param maxTotal to here
 * @param watts power of one such card at most
 * @param embodiedGrams CO2e of making one card and its eighth of the machine around it
 */
record MlEnergyFit(
        double constant,
        double active,
        double total,
        double batch,
        double reduced,
        double sigma,
        double minActive,
        double maxActive,
        double minTotal,
        double maxTotal,
        int minBatch,
        int maxBatch,
        double watts,
        double embodiedGrams) {

    /** An AWS p5.48xlarge without its 8 GPUs, 5700 kg (constant of EcoLogits). */
    private static final double CHASSIS_GRAMS_PER_GPU = 712_500;

    /** 274 runs of 22 models; R2 0.92. Card: 700 W (data sheet), 1312 kg for eight (NVIDIA, product carbon footprint). */
    static final MlEnergyFit H100 = new MlEnergyFit(
            -1.790, 0.246, 0.719, -0.510, -0.541, 0.41, 3, 405, 8, 405, 8, 2047, 700, 164_000 + CHASSIS_GRAMS_PER_GPU);

    /** 291 runs of 25 models; R2 0.88. Card: 1000 W (data sheet), 2274 kg for eight (NVIDIA, product carbon footprint). */
    static final MlEnergyFit B200 = new MlEnergyFit(
            -1.948, 0.269, 0.755, -0.527, -0.439, 0.69, 3, 405, 8, 671, 7, 4095, 1000, 284_250 + CHASSIS_GRAMS_PER_GPU);

    static MlEnergyFit of(Accelerator accelerator) {
        return accelerator == Accelerator.B200 ? B200 : H100;
    }

    double joulesPerToken(double activeBillions, double totalBillions, double requestsAtATime, boolean isReduced) {
        return Math.exp(constant
                + active * Math.log(activeBillions)
                + total * Math.log(totalBillions)
                + batch * Math.log(requestsAtATime)
                + (isReduced ? reduced : 0));
    }

    boolean covers(double activeBillions, double totalBillions, double requestsAtATime) {
        return activeBillions >= minActive
                && activeBillions <= maxActive
                && totalBillions >= minTotal
                && totalBillions <= maxTotal
                && requestsAtATime >= minBatch
                && requestsAtATime <= maxBatch;
    }
}
