package io.inferwatt.it.bench;

/** Options of the JVMs that JMH starts. */
final class JmhOptions {

    private JmhOptions() {}

    /** JMH 1.37 uses what later JDKs warn of. */
    static String[] quiet() {
        boolean warns = Runtime.version().feature() >= 24;
        return warns ? new String[] {"--sun-misc-unsafe-memory-access=allow"} : new String[0];
    }
}
