package io.tenantry.admin.platform;

import io.tenantry.config.Settings;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Records the nightly verification of audit trails, which one of the nodes performs. For {@link AuditWatch}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class AuditChecks {
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Settings settings;

    /** Claims the verification of a day; returns false if another node has started it. */
    public boolean begin(LocalDate day) {
        return Tenancy.in(
                Scope.PLATFORM,
                () -> sql.update(
                                "insert into audit_check (day, started_at, node) values (?, ?, ?) on conflict do nothing",
                                day,
                                clock.instant(),
                                settings.node())
                        == 1);
    }

    /** Records the result. */
    public void end(LocalDate day, int trails, int faults, String file) {
        Tenancy.in(
                Scope.PLATFORM,
                () -> sql.update(
                        "update audit_check set ended_at = ?, trails = ?, faults = ?, file = ? where day = ?",
                        clock.instant(),
                        trails,
                        faults,
                        file,
                        day));
    }

    /** Returns the day by which nights are counted. */
    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
