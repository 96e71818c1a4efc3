package io.inferwatt.core.host;

import java.nio.file.Path;

/**
 * Reads {@link HostFacts}. Files of the proc file system come first; OSHI is asked only for what they leave open, because
 * its processor facts start up to six external programs (lshw and dmidecode among them) and cost some 150 ms. It is used
 * through its native-free entry, so no JNA and no native code is loaded. Where neither knows, the JVM is asked.
 *
 * <p>Hardware threads are those with a line in {@code stat}, which inside a container are the host's: the count that goes
 * with the load of {@link SampledCpuClock}. Limits of the container play no part.
 */
public final class HostFactsReader {

    private HostFactsReader() {}

    /**
     * Returns what can be learned; never throws. May take some 100 ms, so not on an application's thread.
     *
     * @param procRoot root of the proc file system, {@code /proc}
     */
    public static HostFacts read(Path procRoot) {
        FactSheet sheet = new FactSheet();
        ProcFacts.fill(sheet, procRoot);
        if (sheet.incomplete()) {
            fillFromOshi(sheet);
        }
        JvmFacts.fill(sheet);
        return sheet.toFacts();
    }

    private static void fillFromOshi(FactSheet sheet) {
        try {
            OshiFacts.fill(sheet);
        } catch (LinkageError | RuntimeException e) {
            // OSHI is optional, and a fact that it fails to find is one that stays unknown.
            return;
        }
    }
}
