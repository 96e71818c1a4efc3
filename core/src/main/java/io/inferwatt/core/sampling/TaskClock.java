package io.inferwatt.core.sampling;

import java.io.IOException;

/** Processor time of one native thread. Sampler thread only. */
interface TaskClock extends AutoCloseable {

    /**
     * Returns nanoseconds since the thread started.
     *
     * @throws IOException when the thread has ended
     */
    long nanos() throws IOException;

    @Override
    void close();
}
