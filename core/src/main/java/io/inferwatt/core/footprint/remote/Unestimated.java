package io.inferwatt.core.footprint.remote;

/** A call without a figure. It is counted as such, and never as one of zero joules. */
public record Unestimated(Reason reason) implements RemoteResult {

    /** Why there is no figure. */
    public enum Reason {
        /** Nothing tells how large the model is; {@code remote.aliases} and {@code remote.models} can. */
        UNKNOWN_MODEL,
        /** The answer told no tokens, such as a stream that was not asked to. */
        NO_USAGE,
        /** It ended with an error and told no tokens; what it drew until then is not known. */
        FAILED,
        /** The method has no figure for such work: sound, images of another size or model, and with EcoLogits all but text. */
        NO_FIGURE
    }
}
