package io.inferwatt.core.footprint.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a host that a client talks to is this machine. What a model server here draws is measured with the machine, so that
 * an estimate would count it twice. Asks no name service and opens no connection. Immutable; safe from all threads.
 */
public final class SameMachine {

    private static final Path KERNEL_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private final List<HostName> elsewhere;
    private final List<String> ownNames;

    private SameMachine(List<HostName> elsewhere, List<String> ownNames) {
        this.elsewhere = elsewhere;
        this.ownNames = ownNames;
    }

    /**
     * Returns what tells them apart. Never throws; a bad entry names no host.
     *
     * @param remoteHostsSetting value of {@code remote.hosts}: a host that it gives to a provider is a proxy, and not this machine
     */
    public static SameMachine of(String remoteHostsSetting) {
        List<String> names = new ArrayList<>();
        add(names, System.getenv("HOSTNAME"));
        add(names, System.getenv("COMPUTERNAME"));
        try {
            add(names, Files.readString(KERNEL_HOST_NAME));
        } catch (IOException | SecurityException e) {
            // Not on Linux: what the environment says is all there is.
        }
        return of(remoteHostsSetting, names);
    }

    /**
     * @param ownNames names of this machine
     */
    static SameMachine of(String remoteHostsSetting, List<String> ownNames) {
        // Only where there is a setting: it is told apart from a slip by tables, which take long to read.
        List<HostName> elsewhere = remoteHostsSetting.isBlank() ? List.of() : PlaceSettings.hostsOf(remoteHostsSetting);
        List<String> names = new ArrayList<>();
        for (String name : ownNames) {
            add(names, name);
        }
        return new SameMachine(elsewhere, names);
    }

    private static void add(List<String> names, @Nullable String written) {
        String name = written == null ? "" : HostName.of(written).name();
        if (!name.isEmpty()) {
            names.add(name);
        }
    }

    /**
     * Returns whether a host is this machine: a name of it, {@code localhost} or an address that never leaves it.
     *
     * @param host name or address in any case, with or without a port; an empty one is not known and so not this machine
     */
    public boolean covers(String host) {
        HostName asked = HostName.of(host);
        for (HostName proxied : elsewhere) {
            if (asked.isNamedBy(proxied)) {
                return false;
            }
        }
        return isLocal(asked.name());
    }

    private boolean isLocal(String name) {
        if (name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("::1")
                || name.equals("0:0:0:0:0:0:0:1")
                || name.equals("::")
                || name.equals("0.0.0.0")) {
            return true;
        }
        String address = name.startsWith("::ffff:") ? name.substring(7) : name;
        if (address.startsWith("127.") && isNumeric(address)) {
            return true;
        }
        for (String own : ownNames) {
            // An own name with a domain is known by its first part too.
            if (!name.isEmpty() && (own.equals(name) || own.startsWith(name + '.'))) {
                return true;
            }
        }
        return false;
    }

    /** Whether there are digits in four parts, so that a name such as {@code 127.example.com} is none. */
    private static boolean isNumeric(String address) {
        int dots = 0;
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (c == '.') {
                dots++;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return dots == 3;
    }
}
