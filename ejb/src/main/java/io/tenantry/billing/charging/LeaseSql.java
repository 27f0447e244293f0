package io.tenantry.billing.charging;

/** SQL fragments for the leases of monthly runs, whose tables are alike; the run is {@code r}. */
public final class LeaseSql {
    /** The run has no live worker: it is new, its worker has crashed, or it may be retried. */
    public static final String FREE = """
            (r.state = 'OPEN'
             or r.state = 'RUNNING' and r.lease_until < clock_timestamp()
             or r.state in ('FAILED', 'WAITING') and r.retry_at < clock_timestamp())
            """;

    /** Claims the run for a node (first parameter) and a duration (second); a late holder has a lower fencing number. */
    public static final String CLAIM = """
            set state = 'RUNNING',
                node = ?,
                fence = r.fence + 1,
                attempts = r.attempts + 1,
                lease_until = clock_timestamp() + ?::interval,
                started_at = coalesce(r.started_at, clock_timestamp()),
                retry_at = null
            """;

    /** A delay that doubles with each attempt, up to an hour. */
    public static final String PAUSE =
            "least(interval '1 hour', interval '15 seconds' * power(2, least(r.attempts, 12)))";

    private LeaseSql() {}
}
