package io.inferwatt.core.config;

/** How the energy of a remote call is estimated; the values of {@code remote.method} and of the label {@code method}. */
public enum RemoteMethod {
    /** The project's own fit of measured joules per token, with batch and precision. */
    MLENERGY("tokens-mlenergy-v3"),
    /** The formulas of EcoLogits 0.9, to compare with its figures. */
    ECOLOGITS("tokens-ecologits-0.9");

    private final String label;

    RemoteMethod(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
