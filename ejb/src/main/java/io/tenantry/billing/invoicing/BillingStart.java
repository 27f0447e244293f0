package io.tenantry.billing.invoicing;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * First month with documents. Earlier charges were billed elsewhere and appear on no document. The reseller can change it until the first
 * document is issued; then it is fixed.
 */
@Stateless
public class BillingStart {
    /** Maximum number of months that it can lie in the past. */
    static final int BACK_MAX = 24;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    TenantDirectory tenants;

    @Inject
    Invoicing invoicing;

    /**
     * The available choices.
     *
     * @param month the current setting
     * @param months the possible months, latest first; empty once it is fixed
     */
    public record Choice(YearMonth month, List<YearMonth> months) {
        public Choice {
            months = List.copyOf(months);
        }

        /** Whether it can no longer be changed. */
        public boolean isFixed() {
            return months.isEmpty();
        }
    }

    /** Outcome of the choice. */
    public enum Outcome {
        DONE,
        UNCHANGED,
        /** Documents exist: it is fixed. */
        FIXED,
        /** The month is before the reseller's start, too far back, or later than next month. */
        OUTSIDE
    }

    /** Returns the current month, and the possible ones. */
    public Choice choice() {
        access.require(Permission.STAFF_BILLING_VIEW);
        return new Choice(inForce(), isFixed() ? List.of() : months());
    }

    /** Sets the first month with documents. */
    public Outcome begin(YearMonth month) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        // Issuing locks this row in share mode: it has either finished, and there are documents, or it waits for this
        // decision.
        sql.one("select window_hours from invoice_policy for update", row -> row.whole("window_hours"));
        if (isFixed()) {
            return Outcome.FIXED;
        }
        if (!months().contains(month)) {
            return Outcome.OUTSIDE;
        }
        var before = inForce();
        if (before.equals(month)) {
            return Outcome.UNCHANGED;
        }
        sql.update(
                "update invoice_policy set first_at = ?",
                BillingPeriod.of(month, tenant().zone()).from());
        openAgain(month);
        audit.record(
                "invoice.first_month_changed",
                "tenant",
                "invoices",
                Map.of("month", month, "before", before.toString()));
        return Outcome.DONE;
    }

    /** Months already processed found nothing, or entries that now belong to another month; and there may be more months. */
    private void openAgain(YearMonth first) {
        sql.update("""
                update work.invoicing_run
                   set state = 'OPEN', fence = fence + 1, attempts = 0, after_wallet = null, wallets = 0, waiting = 0, node = null,
                       lease_until = null, retry_at = null, ended_at = null, error = null
                 where state <> 'OPEN'
                """);
        var earliest = sql.first(
                "select month from work.invoicing_run order by month limit 1",
                row -> YearMonth.from(row.date("month")));
        if (earliest.isEmpty()) {
            return;
        }
        var window = invoicing.window();
        for (var month = first; month.isBefore(earliest.get()); month = month.plusMonths(1)) {
            InvoiceRuns.open(sql, tenant().id(), BillingPeriod.of(month, tenant().zone()), window);
        }
    }

    private boolean isFixed() {
        return sql.one(
                "select exists (select from invoice where kind = 'INVOICE') as issued", row -> row.flag("issued"));
    }

    private YearMonth inForce() {
        var began = began();
        return invoicing
                .firstAt()
                .map(first -> BillingPeriod.holding(first, tenant().zone()).month())
                .filter(began::isBefore)
                .orElse(began);
    }

    private List<YearMonth> months() {
        var next =
                BillingPeriod.holding(clock.instant(), tenant().zone()).month().plusMonths(1);
        var began = began();
        return LongStream.rangeClosed(0, BACK_MAX + 1L)
                .mapToObj(next::minusMonths)
                .filter(month -> !month.isBefore(began))
                .toList();
    }

    private YearMonth began() {
        return BillingPeriod.holding(tenant().createdAt(), tenant().zone()).month();
    }

    private Tenant tenant() {
        return tenants.current();
    }
}
