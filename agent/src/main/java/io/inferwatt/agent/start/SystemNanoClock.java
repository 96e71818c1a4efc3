package io.inferwatt.agent.start;

import java.util.function.LongSupplier;

/** The clock of the JVM. A class and not a lambda: the first lambda of a JVM costs premain milliseconds. */
final class SystemNanoClock implements LongSupplier {

    @Override
    public long getAsLong() {
        return System.nanoTime();
    }
}
