package io.tenantry.concession;

import io.tenantry.audit.AuditTrail;
import io.tenantry.identity.Access;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.time.Clock;

/** The limit above which somebody else approves, outside of a container. */
public final class Limits {
    private Limits() {}

    public static ConcessionLimits of(Sql sql, Clock clock, Access access, AuditTrail audit) {
        return new ConcessionLimits(sql, clock, access, audit, new TenantDirectory(Database.administration()));
    }
}
