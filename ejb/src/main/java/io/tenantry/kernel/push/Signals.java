package io.tenantry.kernel.push;

import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;

/**
 * Sends signals of the current scope. They are delivered when the transaction commits, and not at all if it rolls back; the same signal, sent
 * many times in a transaction, is delivered once.
 */
public final class Signals {
    private Signals() {}

    /** Signals a change to a tenant's receivers, from a scope that is not the tenant's. */
    public static void publish(Sql sql, TenantId tenant, Signal.Kind kind, Object about) {
        send(sql, new Signal(tenant.schema(), kind, about.toString()));
    }

    /** Signals a change of this organization, person or run. */
    public static void publish(Sql sql, Signal.Kind kind, Object about) {
        send(sql, new Signal(Tenancy.scope().schema(), kind, about.toString()));
    }

    private static void send(Sql sql, Signal signal) {
        sql.query("select pg_notify(?, ?)", row -> true, Signal.CHANNEL, signal.text());
    }
}
