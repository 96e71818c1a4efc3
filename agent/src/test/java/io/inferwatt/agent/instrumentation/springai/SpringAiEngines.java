package io.inferwatt.agent.instrumentation.springai;

/** With which engine of DJL Spring AI averages the vectors of tokens. */
final class SpringAiEngines {

    private SpringAiEngines() {}

    /**
     * Takes the engine that comes with DJL's tokenizers. PyTorch, which Spring AI asks for, does the same; its native part is 112
     * MB to fetch and 432 MB to unpack.
     */
    static void choose() {
        System.setProperty("ai.djl.default_engine", "Rust");
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }
}
