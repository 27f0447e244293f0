package io.tenantry.wallet;

import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.UUID;

/** What was charged, day by day: for an organization what it spent, for the reseller what came in. */
@Stateless
public class Spending {
    @Inject
    DailyBooks books;

    @Inject
    Access access;

    /** For the container. */
    public Spending() {}

    /** For use outside a container. */
    public Spending(Sql sql, Clock clock, Access access, TenantDirectory tenants) {
        this.books = new DailyBooks(sql, clock, tenants);
        this.access = access;
    }

    /** What an organization was charged on each day of this month and the last, in the currency in which it pays. */
    public DailyAmounts of(UUID organizationId) {
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        return books.of(organizationId);
    }

    /** What the reseller charged all customers on each day of this month and the last, in the currency of the books. */
    public DailyAmounts ofAll() {
        access.require(Permission.STAFF_CHARGING_VIEW);
        return books.ofAll();
    }
}
