package io.inferwatt.agent.tenant;

/** The header of HTTP requests that names the tenant, as set. */
public final class TenantHeader {

    private static volatile String name = "";

    private TenantHeader() {}

    /** Says which one; before the first class is woven. */
    public static void use(String header) {
        name = header;
    }

    public static String name() {
        return name;
    }
}
