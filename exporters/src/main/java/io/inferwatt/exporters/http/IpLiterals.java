package io.inferwatt.exporters.http;

/** Addresses written as numbers. Nothing here asks a name server. */
final class IpLiterals {

    private IpLiterals() {}

    /** Tells whether a text is four numbers up to 255 with dots between them. */
    static boolean isIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            boolean number = !part.isEmpty()
                    && part.length() <= 3
                    && part.chars().allMatch(c -> c >= '0' && c <= '9')
                    && (part.length() == 1 || part.charAt(0) != '0');
            if (!number || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether a text has the signs of an IPv6 address and no others; the JDK says whether it is one. */
    static boolean isIpv6(String text) {
        return text.length() >= 2
                && text.length() <= 45
                && text.indexOf(':') >= 0
                && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == ':' || c == '.');
    }
}
