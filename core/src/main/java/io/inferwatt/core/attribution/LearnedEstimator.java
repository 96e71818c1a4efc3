package io.inferwatt.core.attribution;

import io.inferwatt.core.attribution.regression.RegressionBank;
import io.inferwatt.core.config.AttributionMethod;

/**
 * Learns how many joules each model draws for a second of its work, and how many idle, the rest of this JVM and other
 * processes draw, from how the energy of the ticks goes with what happened in them. See {@link RegressionBank} and, for
 * what is a column, {@link LearnedColumns}.
 *
 * <p>A model that is new starts at the joules per second of work of all columns together, which is the answer of
 * {@link CpuShareEstimator}, and moves as far as the data say. One that has long been silent keeps what it had learned.
 */
final class LearnedEstimator implements PowerEstimator {

    /** The step of RAPL's register, 2^-14 J. Finer or coarser ones change the weights of ticks by nothing that shows. */
    private static final double QUANTUM_JOULES = 61e-6;

    /** Half-life of the joules per second of work that new models start with. */
    private static final double PRIOR_HALF_LIFE_SECONDS = 300;

    /** A second of processor time of one model differs in power from that of another by about this part of it. */
    private static final double PRIOR_SPREAD = 0.5;

    /** Power that lingers, or that any call draws for all, is at most of the order of idle power. */
    private static final double PRIOR_SPREAD_OF_IDLE = 0.5;

    private static final double LEAST_JOULES_PER_SECOND = 0.01;

    /** A core draws some watts whatever it computes: a prior near 0 must not be a sure one. */
    private static final double LEAST_SPREAD = 5;

    private static final double LEAST_WATTS = 1;

    /** Before the shortest memory has forgotten a model that is silent, its weight becomes its prior. */
    private static final double REMEMBER_AFTER_SECONDS = 20;

    private static final double JUDGE_EVERY_SECONDS = 5;

    private final LearnedColumns columns;
    private final RegressionBank bank = new RegressionBank(LearnedColumns.CAPACITY);
    private final BackgroundPower background = new BackgroundPower();
    private final ShareConfidence confidence = new ShareConfidence();
    private final double[] silentSeconds = new double[LearnedColumns.CAPACITY];
    private final boolean[] remembered = new boolean[LearnedColumns.CAPACITY];
    private double dynamicJoules;
    private double workSeconds;
    private double unjudgedSeconds;

    private LearnedEstimator(LearnedColumns columns) {
        this.columns = columns;
    }

    /** For domains whose energy goes with processor time. */
    static LearnedEstimator ofProcessor() {
        return new LearnedEstimator(new LearnedColumns(false));
    }

    /** For devices whose work leaves no processor time here, such as GPUs. */
    static LearnedEstimator ofDevice() {
        return new LearnedEstimator(new LearnedColumns(true));
    }

    @Override
    public AttributionMethod method() {
        return AttributionMethod.LEARNED;
    }

    @Override
    public void explain(double joules, double idleWatts, double uncertaintyWatts, TickFeatures tick, double[] shares) {
        columns.fill(tick);
        setPriors(joules, Double.isNaN(idleWatts) ? 0 : idleWatts, uncertaintyWatts, tick.seconds);
        double[] x = columns.x();
        background.observe(x, columns.count(), joules, tick.seconds, QUANTUM_JOULES);
        double runtimeJoules = background.runtimeJoulesPerSecond() * x[Columns.RUNTIME];
        double otherJoules = background.otherJoulesPerSecond() * x[Columns.OTHER];
        x[Columns.RUNTIME] = 0;
        x[Columns.OTHER] = 0;
        double rest = Math.max(0, joules - runtimeJoules - otherJoules);
        bank.observe(x, columns.count(), rest, tick.seconds, QUANTUM_JOULES);
        columns.shares(bank, tick, shares);
        shares[Columns.RUNTIME] += runtimeJoules;
        shares[Columns.OTHER] = otherJoules;
        unjudgedSeconds += tick.seconds;
        if (unjudgedSeconds >= JUDGE_EVERY_SECONDS) {
            unjudgedSeconds = 0;
            confidence.judge(columns, bank.posterior(columns.count()), tick.keys);
        }
    }

    private void setPriors(double joules, double idleWatts, double uncertaintyWatts, double seconds) {
        double fade = Math.pow(2, -seconds / PRIOR_HALF_LIFE_SECONDS);
        // Never a debt: idle taken for a little too much would otherwise make all that follows look free.
        dynamicJoules = Math.max(0, fade * dynamicJoules + joules - idleWatts * seconds);
        workSeconds = fade * workSeconds + columns.workSeconds();
        double idleSpread = Math.max(1e-3, uncertaintyWatts);
        bank.setAnchor(Columns.IDLE, idleWatts, idleSpread);
        background.bank().setAnchor(Columns.IDLE, idleWatts, idleSpread);
        if (workSeconds > 0) {
            double joulesPerSecond = Math.max(dynamicJoules / workSeconds, LEAST_JOULES_PER_SECOND);
            double lingeringWatts = Math.max(LEAST_WATTS, PRIOR_SPREAD_OF_IDLE * idleWatts);
            for (int i = Columns.RUNTIME; i < columns.count(); i++) {
                if (!columns.isWork(i)) {
                    setPrior(i, 0, lingeringWatts);
                } else if (!remembered(i, seconds)) {
                    setWorkPrior(i, joulesPerSecond);
                }
            }
        }
    }

    private void setWorkPrior(int column, double joulesPerSecond) {
        setPrior(column, joulesPerSecond, Math.max(LEAST_SPREAD, PRIOR_SPREAD * joulesPerSecond));
    }

    private void setPrior(int column, double weight, double spread) {
        bank.setPrior(column, weight, spread);
        background.bank().setPrior(column, weight, spread);
    }

    private boolean remembered(int column, double seconds) {
        if (remembered[column]) {
            return true;
        }
        silentSeconds[column] = columns.x()[column] > 0 ? 0 : silentSeconds[column] + seconds;
        if (silentSeconds[column] > REMEMBER_AFTER_SECONDS && columns.isModelsWork(column)) {
            if (bank.weight(column) > LEAST_JOULES_PER_SECOND) { // 0 is what little data may say of anything
                setWorkPrior(column, bank.weight(column));
                remembered[column] = true;
            }
        }
        return remembered[column];
    }

    @Override
    public ShareConfidence confidence() {
        return confidence;
    }

    @Override
    public void activity(TickFeatures tick, double[] activity) {
        columns.activity(tick, activity);
    }
}
