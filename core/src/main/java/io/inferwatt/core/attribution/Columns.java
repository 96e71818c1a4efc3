package io.inferwatt.core.attribution;

import io.inferwatt.core.call.KeyTable;

/** The parts into which a tick's energy is divided: three fixed ones, then one for each model key. */
final class Columns {

    static final int IDLE = 0;
    static final int RUNTIME = 1;
    static final int OTHER = 2;
    static final int MODELS = 3;
    static final int MOST = MODELS + KeyTable.CAPACITY;

    private Columns() {}
}
