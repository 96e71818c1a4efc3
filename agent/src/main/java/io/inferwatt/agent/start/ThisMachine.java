package io.inferwatt.agent.start;

import io.inferwatt.core.config.ConfigLoader;
import io.inferwatt.core.footprint.remote.SameMachine;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells which hosts are this machine. Needed by the first call of a remote model, maybe before the settings are read, and in most
 * applications never: so what it takes is read when first asked.
 */
final class ThisMachine implements Predicate<String> {

    private static final String HOSTS = "remote.hosts";

    private final Function<String, @Nullable String> settings;
    private volatile @Nullable SameMachine known;

    /** @param settings looks up a key in the arguments, the system properties and the environment */
    ThisMachine(Function<String, @Nullable String> settings) {
        this.settings = settings;
    }

    @Override
    public boolean test(String host) {
        SameMachine machine = known;
        if (machine == null) {
            machine = SameMachine.of(hosts());
            known = machine;
        }
        return machine.covers(host);
    }

    private String hosts() {
        String hosts = settings.apply(HOSTS);
        String file = hosts == null ? settings.apply("config.file") : null;
        if (file != null) {
            hosts = ConfigLoader.valueInFile(file, HOSTS);
        }
        return hosts == null ? "" : hosts;
    }
}
