package io.inferwatt.core.energy.modelled;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Thermal design power by processor name, from the table beside this class (CodeCarbon's, MIT licence; its first lines
 * say what was changed). The table is read through once for each look-up, which costs 3 ms and 0.3 MB of garbage (20 ms
 * in a JVM that has just started), and not kept: one look-up is needed in the life of a JVM.
 */
final class ProcessorTdp {

    private static final String RESOURCE = "processor_tdp.csv";

    private ProcessorTdp() {}

    /**
     * Returns the watts of one package, or 0 for a processor that the table does not name exactly: a similar name may well
     * mean twice the watts.
     *
     * @param processorName as the processor states it
     */
    static double wattsOf(String processorName) {
        String wanted = "," + ProcessorName.comparable(processorName);
        try (InputStream in = ProcessorTdp.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                return 0;
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int comma = line.length() - wanted.length();
                if (comma > 0 && line.endsWith(wanted) && line.indexOf(',') == comma) {
                    return Double.parseDouble(line.substring(0, comma));
                }
            }
            return 0;
        } catch (IOException | NumberFormatException e) {
            // A damaged table costs accuracy, which the finding about the unknown processor tells, not the meter.
            return 0;
        }
    }
}
