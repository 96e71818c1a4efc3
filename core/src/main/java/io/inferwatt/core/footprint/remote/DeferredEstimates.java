package io.inferwatt.core.footprint.remote;

import io.inferwatt.core.config.InferwattConfig;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Estimates whose tables are read when they are first needed, which in most applications is never: that takes 80 ms of processor
 * time. Where the settings say anything of remote models they are read at once, so that a slip in them is told at the start. Safe
 * from all threads.
 */
public final class DeferredEstimates {

    private final InferwattConfig.Remote settings;
    private final Consumer<String> warnings;
    private volatile RemoteEstimates.@Nullable Choice choice;

    /** @param warnings receives one line for each entry of the settings or the user's file that was not understood */
    public DeferredEstimates(InferwattConfig.Remote settings, Consumer<String> warnings) {
        this.settings = settings;
        this.warnings = warnings;
        if (!settings.isDefault()) {
            choice();
        }
    }

    /** Returns the estimates; the first time that reads files. */
    public RemoteEstimates get() {
        return choice().estimates();
    }

    /** Returns the estimates if they have been read, else null; for threads that must not wait for files. */
    public @Nullable RemoteEstimates ifRead() {
        RemoteEstimates.Choice known = choice;
        return known == null ? null : known.estimates();
    }

    /** Returns the estimates with what is to be said of them; the first time that reads files. */
    public RemoteEstimates.Choice choice() {
        RemoteEstimates.Choice known = choice;
        return known == null ? read() : known;
    }

    private synchronized RemoteEstimates.Choice read() {
        RemoteEstimates.Choice known = choice;
        if (known == null) {
            known = RemoteEstimates.of(settings);
            known.problems().forEach(warnings);
            choice = known;
        }
        return known;
    }
}
