package io.tenantry.billing.charging;

/** What tables of months' runs say of leases, all alike; the run is {@code r}. */
public final class LeaseSql {
    /** Nobody alive works on it: it is new, its worker is dead, or it may be tried again. */
    public static final String FREE = """
            (r.state = 'OPEN'
             or r.state = 'RUNNING' and r.lease_until < clock_timestamp()
             or r.state in ('FAILED', 'WAITING') and r.retry_at < clock_timestamp())
            """;

    /** Claims it for a node (first parameter) and a time (second); a late holder has a lower fence. */
    public static final String CLAIM = """
            set state = 'RUNNING',
                node = ?,
                fence = r.fence + 1,
                attempts = r.attempts + 1,
                lease_until = clock_timestamp() + ?::interval,
                started_at = coalesce(r.started_at, clock_timestamp()),
                retry_at = null
            """;

    /** A pause that doubles with each attempt, up to an hour. */
    public static final String PAUSE =
            "least(interval '1 hour', interval '15 seconds' * power(2, least(r.attempts, 12)))";

    private LeaseSql() {}
}
