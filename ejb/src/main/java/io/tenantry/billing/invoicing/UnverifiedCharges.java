package io.tenantry.billing.invoicing;

import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Finds the charges with tax of customers whose VAT number was not verified at the time. */
final class UnverifiedCharges {
    private static final String OF_ORGANIZATION = """
            select d.*, coalesce(v.number_text, '') as number_text
              from unverified_taxed_charges(?, ?, ?) d
              join wallet w on w.id = d.wallet_id and w.closed_at is null
              left join invoice v on v.id = d.invoice_id
             order by v.issued_at, v.number, d.place, d.source_id
            """;

    /** Finds organizations that became businesses within the last six months; corrections for earlier ones no longer wait for an invoice. */
    private static final String DUE = """
            select o.organization_id
              from (select distinct organization_id from tax_status where status = 'BUSINESS' and from_at > ?::timestamptz - interval '6 months') o
             where exists (select from tax_correction_policy where automatic)
               and exists (select from unverified_taxed_charges(o.organization_id, ?, ?) d where d.proven and not d.waits)
               and not exists (select from work.work_item i
                                where i.kind = ? and i.subject = o.organization_id and i.state in ('OPEN', 'PARKED'))
             order by o.organization_id
             limit ?
            """;

    private final Sql sql;
    private final Clock clock;
    private final TenantDirectory tenants;

    UnverifiedCharges(Sql sql, Clock clock, TenantDirectory tenants) {
        this.sql = sql;
        this.clock = clock;
        this.tenants = tenants;
    }

    /** @param zero in the currency in which the organization pays */
    List<UnverifiedCharge> of(UUID organizationId, Money zero) {
        var now = clock.instant();
        return sql.query(OF_ORGANIZATION, row -> UnverifiedCharge.of(row, zero), organizationId, monthBegins(now), now);
    }

    /** Returns organizations with charges that are to be corrected automatically and for which no correction is scheduled. */
    List<UUID> organizationsDue(int limit) {
        var now = clock.instant();
        return sql.query(
                DUE, row -> row.uuid("organization_id"), now, monthBegins(now), now, TaxCorrectionHandler.KIND, limit);
    }

    private Instant monthBegins(Instant now) {
        return BillingPeriod.holding(now, tenants.current().zone()).from();
    }
}
