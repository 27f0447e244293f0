package io.tenantry.billing.invoicing;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A reseller's settings for documents: when they are issued and the format of their numbers; also starts issuing immediately. */
@Stateless
public class InvoiceSettings {
    /** Maximum window in hours. */
    public static final int HOURS_MAX = 480;

    /** The kinds of documents that have numbers. */
    public static final Set<DocumentKind> NUMBERED =
            Set.of(DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE, DocumentKind.DEBIT_NOTE);

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
     * The invoicing rules.
     *
     * @param windowHours the time in hours after a month's end until its documents are issued
     * @param patterns the number formats for series opened from now on, of each kind that has numbers
     * @param isMailed whether documents are emailed when they are issued
     */
    public record Rules(int windowHours, Map<DocumentKind, String> patterns, boolean isMailed) {
        public Rules {
            patterns = Map.copyOf(patterns);
            if (!patterns.keySet().equals(NUMBERED)) {
                throw new IllegalArgumentException("patterns must be of " + NUMBERED + ", found " + patterns.keySet());
            }
        }
    }

    /** Outcome of changing the rules. */
    public enum Outcome {
        DONE,
        UNCHANGED,
        /** The window is negative or too long. */
        WINDOW,
        /** A pattern does not yield distinct numbers, or overlaps with another kind: see {@link #faults}. */
        PATTERN
    }

    /**
     * The next month whose documents are issued.
     *
     * @param dueAt when they are issued
     * @param waiting wallets of that month whose document waits
     * @param isStarted whether issuing has started or been attempted
     */
    public record NextInvoicing(YearMonth month, Instant dueAt, int waiting, boolean isStarted) {}

    /** Returns the current rules. */
    public Rules rules() {
        access.require(Permission.STAFF_BILLING_VIEW);
        return known();
    }

    private Rules known() {
        var patterns = patterns();
        patterns.keySet().retainAll(NUMBERED);
        return sql.one(
                "select window_hours, mailed from invoice_policy",
                row -> new Rules(row.whole("window_hours"), patterns, row.flag("mailed")));
    }

    private Map<DocumentKind, String> patterns() {
        var found = new EnumMap<DocumentKind, String>(DocumentKind.class);
        sql.query(
                        "select kind, pattern from invoice_number_template",
                        row -> Map.entry(DocumentKind.valueOf(row.text("kind")), row.text("pattern")))
                .forEach(one -> found.put(one.getKey(), one.getValue()));
        return found;
    }

    /** Changes the rules; the new window applies to months whose issuing has not started. */
    public Outcome change(Rules rules) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        if (rules.windowHours() < 0 || rules.windowHours() > HOURS_MAX) {
            return Outcome.WINDOW;
        }
        if (!faults(rules).isEmpty()) {
            return Outcome.PATTERN;
        }
        var before = known();
        if (before.equals(rules)) {
            return Outcome.UNCHANGED;
        }
        sql.update("update invoice_policy set window_hours = ?, mailed = ?", rules.windowHours(), rules.isMailed());
        // Keeps patterns unique at any moment, even if two are swapped.
        sql.update("update invoice_number_template set pattern = '-' || kind where kind <> 'PROFORMA'");
        rules.patterns()
                .forEach((kind, pattern) ->
                        sql.update("update invoice_number_template set pattern = ? where kind = ?", pattern, kind));
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
                        "patterns",
                        new TreeMap<>(rules.patterns()).toString(),
                        "mailed",
                        rules.isMailed(),
                        "before",
                        before.toString()));
        return Outcome.DONE;
    }

    /**
     * Returns the kinds with invalid patterns: those that are no pattern, and those whose numbers could equal one of another kind, including
     * this year's open series, which keep their format until their end.
     */
    public Set<DocumentKind> faults(Rules rules) {
        access.require(Permission.STAFF_BILLING_VIEW);
        var year = clock.instant().atZone(tenants.current().zone()).getYear();
        var all = patterns();
        all.putAll(rules.patterns());
        var taken = new ArrayList<Map.Entry<DocumentKind, NumberFormat>>();
        all.forEach((kind, pattern) -> format(pattern, year).ifPresent(format -> taken.add(Map.entry(kind, format))));
        taken.addAll(sql.query(
                "select kind, prefix, digits, suffix from invoice_number_sequence where year >= ?",
                row -> Map.entry(
                        DocumentKind.valueOf(row.text("kind")),
                        new NumberFormat(row.text("prefix"), row.whole("digits"), row.text("suffix"))),
                year));
        return rules.patterns().entrySet().stream()
                .filter(one -> format(one.getValue(), year)
                        .filter(format -> taken.stream()
                                .noneMatch(other -> other.getKey() != one.getKey()
                                        && other.getValue().mayMeet(format)))
                        .isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Optional<NumberFormat> format(String text, int year) {
        try {
            return Optional.of(new NumberTemplate(text).in(year));
        } catch (IllegalArgumentException unfit) {
            return Optional.empty();
        }
    }

    /** Issues this reseller's due documents now: failed and waiting runs are retried, too. */
    public void issueNow() {
        access.require(Permission.STAFF_BILLING_MANAGE);
        var again = sql.update(
                "update work.invoicing_run set retry_at = clock_timestamp() where state in ('FAILED', 'WAITING')");
        audit.record("invoicing.requested", "tenant", "invoicing", Map.of("again", again));
        requested.fire(new InvoicingRequested());
    }

    /** Returns the next month: the first that is not done, or the running one. */
    public NextInvoicing next() {
        access.require(Permission.STAFF_BILLING_VIEW);
        return unfinished().orElseGet(() -> {
            var now = clock.instant();
            var running = BillingPeriod.holding(
                    invoicing.firstAt().filter(now::isBefore).orElse(now),
                    tenants.current().zone());
            return new NextInvoicing(running.month(), running.to().plus(invoicing.window()), 0, false);
        });
    }

    private Optional<NextInvoicing> unfinished() {
        return sql.first(
                """
                select month, due_at, waiting, state <> 'OPEN' as is_begun
                  from work.invoicing_run where state <> 'DONE' order by month limit 1
                """,
                row -> new NextInvoicing(
                        YearMonth.from(row.date("month")),
                        row.instant("due_at"),
                        row.whole("waiting"),
                        row.flag("is_begun")));
    }
}
