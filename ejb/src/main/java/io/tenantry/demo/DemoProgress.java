package io.tenantry.demo;

import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Optional;

/** The progress of creating the demo, stored in the platform's schema. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DemoProgress {
    @Inject
    Sql sql;

    /** Whether a started demo is complete; empty if none was started. */
    public Optional<Boolean> isComplete() {
        return Tenancy.in(
                Scope.PLATFORM,
                () -> sql.first(
                        "select completed_at is not null complete from demo", row -> (Boolean) row.flag("complete")));
    }

    public void begin(long seed) {
        Tenancy.in(Scope.PLATFORM, () -> sql.update("""
                        insert into demo (seed) values (?)
                        on conflict (one) do update set seed = excluded.seed, started_at = excluded.started_at
                        """, seed));
    }

    public void complete() {
        Tenancy.in(Scope.PLATFORM, () -> sql.update("update demo set completed_at = clock_timestamp()"));
    }
}
