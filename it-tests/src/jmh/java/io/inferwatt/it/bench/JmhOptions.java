package io.inferwatt.it.bench;

import java.util.ArrayList;
import java.util.List;

/** Options of the JVMs that JMH starts. */
final class JmhOptions {

    private JmhOptions() {}

    /** JMH 1.37 uses what later JDKs warn of. */
    static String[] quiet(String... further) {
        List<String> options = new ArrayList<>(List.of(further));
        if (Runtime.version().feature() >= 24) {
            options.add("--sun-misc-unsafe-memory-access=allow");
        }
        return options.toArray(new String[0]);
    }
}
