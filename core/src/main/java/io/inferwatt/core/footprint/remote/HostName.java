package io.inferwatt.core.footprint.remote;

import io.inferwatt.core.input.Bounded;

/**
 * A host as clients write it, taken apart.
 *
 * @param name in lower case, an IPv6 address without its brackets
 * @param port as written, empty where none is
 */
record HostName(String name, String port) {

    /** Names have 253 characters at most. */
    private static final int LONGEST = 300;

    static HostName of(String written) {
        String text = Bounded.lowerCase(written, LONGEST);
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            if (end > 0) {
                String rest = text.substring(end + 1);
                return new HostName(text.substring(1, end), rest.startsWith(":") ? rest.substring(1) : "");
            }
        }
        int colon = text.indexOf(':');
        // With a second colon it is an IPv6 address without brackets, which can have no port.
        if (colon < 0 || text.indexOf(':', colon + 1) >= 0) {
            return new HostName(withoutFinalDot(text), "");
        }
        return new HostName(withoutFinalDot(text.substring(0, colon)), text.substring(colon + 1));
    }

    private static String withoutFinalDot(String name) {
        return name.endsWith(".") && name.length() > 1 ? name.substring(0, name.length() - 1) : name;
    }

    boolean isOrEndsWith(String domain) {
        return name.endsWith(domain)
                && (name.length() == domain.length() || name.charAt(name.length() - domain.length() - 1) == '.');
    }

    /**
     * Tells whether a host is one that a setting names: the same name, or any below {@code *.domain}; and the same port, if the
     * setting has one.
     */
    boolean isNamedBy(HostName setting) {
        if (!setting.port.isEmpty() && !setting.port.equals(port)) {
            return false;
        }
        return setting.name.startsWith("*.")
                ? name.length() > setting.name.length() - 1 && name.endsWith(setting.name.substring(1))
                : name.equals(setting.name);
    }
}
