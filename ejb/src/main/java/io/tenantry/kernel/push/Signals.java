package io.tenantry.kernel.push;

import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;

/**
 * Sends signals of the current scope. They are heard when the transaction commits, and not at all if it does not; the same
 * one, sent many times in a transaction, is heard once.
 */
public final class Signals {
    private Signals() {}

    /** Tells those of a tenant, from a scope that is not the tenant's, that something of theirs changed. */
    public static void publish(Sql sql, TenantId tenant, Signal.Kind kind, Object about) {
        send(sql, new Signal(tenant.schema(), kind, about.toString()));
    }

    /** Tells that something of this organization, person or run changed. */
    public static void publish(Sql sql, Signal.Kind kind, Object about) {
        send(sql, new Signal(Tenancy.scope().schema(), kind, about.toString()));
    }

    private static void send(Sql sql, Signal signal) {
        sql.query("select pg_notify(?, ?)", row -> true, Signal.CHANNEL, signal.text());
    }
}
