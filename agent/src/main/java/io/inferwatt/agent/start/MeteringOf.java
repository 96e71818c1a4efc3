package io.inferwatt.agent.start;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the metering when it is asked to. A class rather than a lambda, whose first one in a JVM would cost the start 20 ms. */
record MeteringOf(@Nullable String arguments, Recording recording) implements Supplier<Metering> {

    @Override
    public Metering get() {
        return new Metering(arguments, recording);
    }
}
