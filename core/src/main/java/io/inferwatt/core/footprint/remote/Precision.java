package io.inferwatt.core.footprint.remote;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** In how many bits a model is served; only as far as it was measured. */
enum Precision {
    BITS_16("16"),
    FP8("fp8"),
    MXFP4("mxfp4"),
    /** Not disclosed, or a kind that was not measured. */
    UNKNOWN("unknown");

    /** Kinds of packing that the measurements do not have. */
    private static final List<String> NOT_MEASURED = List.of(
            "awq", "gptq", "int4", "int8", "4bit", "8bit", "4-bit", "8-bit", "nvfp4", "gguf", "-q2_", "-q3_", "-q4_",
            "-q5_", "-q6_", "-q8_");

    private final String label;

    Precision(String label) {
        this.label = label;
    }

    boolean isReduced() {
        return this == FP8 || this == MXFP4;
    }

    /** Returns what a table says, null if that is none of the labels. */
    static @Nullable Precision ofLabel(String label) {
        for (Precision precision : values()) {
            if (precision.label.equalsIgnoreCase(label)) {
                return precision;
            }
        }
        return null;
    }

    /** Returns what a name in lower case says; open models without a remark are published in 16 bit. */
    static Precision ofName(String name) {
        if (name.contains("mxfp4")) {
            return MXFP4;
        }
        for (String sign : NOT_MEASURED) {
            if (name.contains(sign)) {
                return UNKNOWN;
            }
        }
        return name.contains("fp8") ? FP8 : BITS_16;
    }
}
