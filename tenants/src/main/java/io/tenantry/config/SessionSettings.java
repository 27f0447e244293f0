package io.tenantry.config;

/**
 * How many signed-in sessions this node keeps, whose opened pages are in its memory. The default is one for each MiB of the heap: opened pages
 * normally take a tenth of that, and those of a single reseller's customers at most a quarter of the heap.
 *
 * @param perNode {@code tenantry.sessions.most} (one for each MiB of the heap): the number of signed-in sessions
 * @param perTenant {@code tenantry.sessions.tenant} (a quarter of all): the number of a reseller's customers, and again of its staff
 */
public record SessionSettings(int perNode, int perTenant) {
    private static final int MEBIBYTE_BITS = 20;
    private static final int LEAST = 80;
    private static final int MOST = 1_000_000;
    private static final int PART = 4;

    static SessionSettings read(SettingsSource source) {
        var mebibytes = Runtime.getRuntime().maxMemory() >> MEBIBYTE_BITS;
        var perNode =
                source.whole("tenantry.sessions.most", (int) Math.min(MOST, Math.max(LEAST, mebibytes)), LEAST, MOST);
        return new SessionSettings(perNode, source.whole("tenantry.sessions.tenant", perNode / PART, PART, perNode));
    }

    /** Returns the number of an organization: a quarter of what all customers have. */
    public int perOrganization() {
        return Math.max(1, perTenant / PART);
    }
}
