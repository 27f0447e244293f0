package io.tenantry.live;

import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;

/**
 * Sends signals of the current scope. They are heard when the transaction commits, and not at all if it does not; the same
 * one, sent many times in a transaction, is heard once.
 */
public final class Signals {
    private Signals() {}

    /** Tells that something of this organization, person or run changed. */
    public static void tell(Sql sql, Signal.Kind kind, Object about) {
        var signal = new Signal(Tenancy.scope().schema(), kind, about.toString());
        sql.query("select pg_notify(?, ?)", row -> true, Signal.CHANNEL, signal.text());
    }
}
