package io.tenantry.invoicing;

import io.tenantry.audit.AuditTrail;
import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;
import java.util.Optional;

/** What a reseller's staff decide about documents: when they are issued, how numbers look, and that it be now. */
@Stateless
public class InvoiceOffice {
    /** The window is at most so long. */
    public static final int HOURS_MAX = 480;

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

    @Inject
    Event<InvoicingRequested> requested;

    /**
     * The rules.
     *
     * @param windowHours how long after a month's end its documents are issued
     * @param pattern how numbers of invoices look in series that are opened from now on
     * @param isMailed whether documents go out by mail when they are issued
     */
    public record Rules(int windowHours, String pattern, boolean isMailed) {}

    /** How changing the rules ended. */
    public enum Outcome {
        DONE,
        UNCHANGED,
        /** The window is below zero or too long. */
        WINDOW,
        /** Numbers could not be told apart by that pattern, or another kind of document has it. */
        PATTERN
    }

    /**
     * The month whose documents come next.
     *
     * @param dueAt when they are issued
     * @param waiting wallets whose document waits, of that month
     * @param isBegun whether some are issued already, or were tried
     */
    public record Next(YearMonth month, Instant dueAt, int waiting, boolean isBegun) {}

    /** The rules in force. */
    public Rules rules() {
        access.require(Permission.STAFF_WALLETS_VIEW);
        return known();
    }

    private Rules known() {
        return sql.one("""
                select window_hours, (select pattern from invoice_pattern where kind = 'INVOICE') as pattern, mailed
                  from invoice_policy
                """, row -> new Rules(row.whole("window_hours"), row.text("pattern"), row.flag("mailed")));
    }

    /** Changes the rules; months that have not begun to be issued follow the new window. */
    public Outcome change(Rules rules) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        if (rules.windowHours() < 0 || rules.windowHours() > HOURS_MAX) {
            return Outcome.WINDOW;
        }
        if (!isPattern(rules.pattern())) {
            return Outcome.PATTERN;
        }
        var before = known();
        if (before.equals(rules)) {
            return Outcome.UNCHANGED;
        }
        sql.update("update invoice_policy set window_hours = ?, mailed = ?", rules.windowHours(), rules.isMailed());
        sql.update("update invoice_pattern set pattern = ? where kind = 'INVOICE'", rules.pattern());
        sql.update(
                "update work.invoicing_run set due_at = period_to + ?::interval where state = 'OPEN'",
                Duration.ofHours(rules.windowHours()).toString());
        audit.record(
                "invoice.rules_changed",
                "tenant",
                "invoices",
                Map.of(
                        "window_hours",
                        rules.windowHours(),
                        "pattern",
                        rules.pattern(),
                        "mailed",
                        rules.isMailed(),
                        "before",
                        before.toString()));
        return Outcome.DONE;
    }

    private boolean isPattern(String text) {
        try {
            var pattern = new NumberPattern(text);
            return sql.query(
                            "select kind from invoice_pattern where kind <> 'INVOICE' and pattern = ?",
                            row -> row.text("kind"),
                            pattern.text())
                    .isEmpty();
        } catch (IllegalArgumentException unfit) {
            return false;
        }
    }

    /** Issues now what is due, for this reseller: what failed and what waits is tried again too. */
    public void issueNow() {
        access.require(Permission.STAFF_WALLETS_ADJUST);
        var again = sql.update(
                "update work.invoicing_run set retry_at = clock_timestamp() where state in ('FAILED', 'WAITING')");
        audit.record("invoicing.requested", "tenant", "invoicing", Map.of("again", again));
        requested.fire(new InvoicingRequested());
    }

    /** What comes next: the first month that is not done, or the running one. */
    public Next next() {
        access.require(Permission.STAFF_WALLETS_VIEW);
        return unfinished().orElseGet(() -> {
            var now = clock.instant();
            var running = BillingPeriod.holding(
                    invoicing.firstAt().filter(now::isBefore).orElse(now),
                    tenants.current().zone());
            return new Next(running.month(), running.to().plus(invoicing.window()), 0, false);
        });
    }

    private Optional<Next> unfinished() {
        return sql.first(
                """
                select month, due_at, waiting, state <> 'OPEN' as is_begun
                  from work.invoicing_run where state <> 'DONE' order by month limit 1
                """,
                row -> new Next(
                        YearMonth.from(row.date("month")),
                        row.instant("due_at"),
                        row.whole("waiting"),
                        row.flag("is_begun")));
    }
}
