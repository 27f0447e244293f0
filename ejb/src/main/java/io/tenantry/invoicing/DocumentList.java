package io.tenantry.invoicing;

import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.listing.Conditions;
import io.tenantry.listing.Found;
import io.tenantry.listing.Sorting;
import io.tenantry.listing.Wish;
import io.tenantry.money.Money;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.text.DateText;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Documents that were issued, as people search, narrow and sort them: staff all of them, members those of their organization. */
@Stateless
public class DocumentList {
    /** Filter: how it stands, by its state in small letters; or {@link #OVERDUE}. */
    public static final String STATE = "state";

    /** How documents stand of which something is left to be paid after the day on which it was due. */
    public static final String OVERDUE = "overdue";

    /** Filter: what sort of document it is, by its kind in small letters. */
    public static final String KIND = "kind";

    /** Filter: the month it is of, such as 2026-10. */
    public static final String MONTH = "month";

    /** Filter: the organization. */
    public static final String CUSTOMER = "customer";

    private static final Sorting SORTING = new Sorting(
            Map.of(
                    "number",
                    "v.number_text",
                    "month",
                    "v.period_to",
                    "issued",
                    "v.issued_at",
                    "due",
                    "case when v.paid_at is distinct from v.issued_at then v.due_on end",
                    "buyer",
                    "lower(v.buyer_name)",
                    STATE,
                    "v.state",
                    "total",
                    "v.total"),
            "v.issued_at desc, v.number desc",
            "v.id desc");

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public DocumentList() {}

    /** For use outside a container. */
    DocumentList(Sql sql, Clock clock, Access access, TenantDirectory tenants) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.tenants = tenants;
    }

    /**
     * A document in a list.
     *
     * @param dueOn the last day on which it can be paid in time; empty if nothing was left to be paid when it was issued, or there were no
     *     terms of payment then
     */
    public record Head(
            UUID id,
            DocumentKind kind,
            String number,
            String state,
            UUID organizationId,
            String buyer,
            YearMonth month,
            Instant issuedAt,
            Money net,
            Money total,
            Optional<Instant> paidAt,
            Optional<LocalDate> dueOn) {
        /**
         * Whether it is still to be paid, and should have been.
         *
         * @param today of the reseller's books
         */
        public boolean isOverdue(LocalDate today) {
            return state.equals("FINAL") && dueOn.filter(today::isAfter).isPresent();
        }
    }

    /** A part of all documents. */
    public Found<Head> find(Wish wish) {
        access.require(Permission.STAFF_WALLETS_VIEW);
        return found(wish);
    }

    /** The rows alone, for what reads part after part. */
    public List<Head> rows(Wish wish) {
        access.require(Permission.STAFF_WALLETS_VIEW);
        return part(conditions(wish), wish);
    }

    /** A part of an organization's documents. */
    public Found<Head> find(UUID organizationId, Wish wish) {
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        return found(wish.with(CUSTOMER, organizationId.toString()));
    }

    /** The rows of an organization alone, for what reads part after part. */
    public List<Head> rows(UUID organizationId, Wish wish) {
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        return part(conditions(wish.with(CUSTOMER, organizationId.toString())), wish);
    }

    /** The months that have documents, the latest first. */
    public List<YearMonth> months() {
        access.require(Permission.STAFF_WALLETS_VIEW);
        return sql.query(
                "select month from work.invoicing_run where documents > 0 order by month desc",
                row -> YearMonth.from(row.date("month")));
    }

    /** The months of which an organization has documents, the latest first. */
    public List<YearMonth> months(UUID organizationId) {
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        var zone = tenants.current().zone();
        return sql.query(
                "select distinct period_from from invoice where organization_id = ? order by period_from desc",
                row -> YearMonth.from(row.instant("period_from").atZone(zone)),
                organizationId);
    }

    private Found<Head> found(Wish wish) {
        var conditions = conditions(wish);
        var total = sql.one(
                "select count(*)::int n from invoice v" + conditions.sql(),
                row -> row.whole("n"),
                conditions.parameters());
        return total == 0 ? Found.nothing() : new Found<>(part(conditions, wish), total);
    }

    private List<Head> part(Conditions conditions, Wish wish) {
        var zone = tenants.current().zone();
        return sql.query(
                "select v.* from invoice v" + conditions.sql() + " order by " + SORTING.of(wish) + " limit ? offset ?",
                row -> head(row, zone),
                conditions.parameters(wish.limit(), wish.first()));
    }

    private Conditions conditions(Wish wish) {
        var words = wish.search().toLowerCase(Locale.ROOT);
        var conditions = new Conditions()
                .and(
                        Optional.of(words).filter(text -> !text.isEmpty()),
                        "strpos(lower(v.number_text), ?) > 0 or strpos(lower(v.buyer_name), ?) > 0")
                .and(wish.filter(STATE).filter(state -> !state.equals(OVERDUE)), "lower(v.state) = ?")
                .and(wish.filter(KIND), "lower(v.kind) = ?")
                .and(wish.filter(CUSTOMER).map(DocumentList::id), "v.organization_id = ?");
        wish.filter(MONTH).ifPresent(month -> byMonth(conditions, month));
        if (wish.filter(STATE).filter(OVERDUE::equals).isPresent()) {
            var unused = conditions.and("v.state = 'FINAL' and v.due_on < ?", today());
        }
        return conditions;
    }

    /** The day of the reseller's books. */
    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), tenants.current().zone());
    }

    /** Nobody's, if it is no id. */
    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException none) {
            return new UUID(0, 0);
        }
    }

    private void byMonth(Conditions conditions, String month) {
        var unused = DateText.month(month)
                .map(one -> BillingPeriod.of(one, tenants.current().zone()))
                .map(period -> conditions.and("v.period_to = ?", period.to()))
                .orElseGet(() -> conditions.and("false"));
    }

    /** An amount of a document's row, in the document's currency. */
    static Money money(Row row, String column) {
        return new Money(row.decimal(column), Currency.getInstance(row.text("currency")));
    }

    static Head head(Row row, ZoneId zone) {
        var issuedAt = row.instant("issued_at");
        var paidAt = row.maybeInstant("paid_at");
        // A debit note that the balance pays at once is open for no time.
        var isOpened = paidAt.filter(issuedAt::equals).isEmpty();
        return new Head(
                row.uuid("id"),
                DocumentKind.valueOf(row.text("kind")),
                row.text("number_text"),
                row.text("state"),
                row.uuid("organization_id"),
                row.text("buyer_name"),
                YearMonth.from(row.instant("period_from").atZone(zone)),
                issuedAt,
                money(row, "net"),
                money(row, "total"),
                paidAt,
                row.maybeDate("due_on").filter(due -> isOpened));
    }
}
