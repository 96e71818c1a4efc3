package io.inferwatt.core.energy.nvml;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;

class FfmNvmlTest extends NvmlApiContract {

    private static final int SINCE = 22;

    @BeforeAll
    static void javaHasForeignFunctions() {
        int release = Runtime.version().feature();
        if (release < SINCE) {
            System.out.println("No test of NVML by foreign functions: they came with Java 22, this is " + release);
        }
        assumeTrue(release >= SINCE, "Java 22 or newer");
    }

    @Override
    protected NvmlBinding open(String library) throws Throwable {
        return FfmNvml.open(library);
    }
}
