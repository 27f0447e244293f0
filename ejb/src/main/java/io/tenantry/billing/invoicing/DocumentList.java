package io.tenantry.billing.invoicing;

import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.kernel.query.SortOrder;
import io.tenantry.kernel.query.SqlConditions;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
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

/** Issued documents, searchable, filtered and sorted: staff see all of them, members those of their organization. */
@Stateless
public class DocumentList {
    /** Filter: the state in lower case; or {@link #OVERDUE}. */
    public static final String STATE = "state";

    /** State of documents with an amount left to be paid after the due date. */
    public static final String OVERDUE = "overdue";

    /** Filter: the kind of document in lower case. */
    public static final String KIND = "kind";

    /** Filter: the month of the document, such as 2026-10. */
    public static final String MONTH = "month";

    /** Filter: the organization. */
    public static final String CUSTOMER = "customer";

    private static final SortOrder SORTING = new SortOrder(
            Map.of(
                    "number",
                    "v.number_text",
                    "month",
                    "v.period_to",
                    "issued",
                    "v.issued_at",
                    "due",
                    "case when v.prepaid < v.total then v.due_on end",
                    "buyer",
                    "lower(v.buyer_name)",
                    STATE,
                    "v.state",
                    "total",
                    SortOrder.ofMoney("v.currency", "v.total")),
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
     * @param net the sum without tax, as the document states it
     * @param prepaid the part of the total that the balance paid when it was issued; the total, for a credit note
     * @param amountDue what is still to be paid now
     * @param dueOn the last day for payment in time; empty if nothing was left to be paid when it was issued, or there were no payment terms
     *     then
     */
    public record InvoiceSummary(
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
            Money prepaid,
            Money amountDue,
            Optional<Instant> paidAt,
            Optional<LocalDate> dueOn) {
        /** Whether it is an invoice or a debit note, and not void. */
        public boolean isPayable() {
            return kind != DocumentKind.CREDIT_NOTE && !state.equals("VOID");
        }

        /** Returns what was left to be paid when it was issued, as the document states it. */
        public Money dueAtIssue() {
            return total.minus(prepaid);
        }

        /** Returns the part of the total that has been paid or credited. */
        public Money amountPaid() {
            return total.minus(amountDue);
        }

        /** Returns what was paid or credited since it was issued; below zero if payments were returned. */
        public Money paidLater() {
            return dueAtIssue().minus(amountDue);
        }

        /**
         * Whether it is unpaid after its due date.
         *
         * @param today in the reseller's time zone
         */
        public boolean isOverdue(LocalDate today) {
            return state.equals("FINAL") && dueOn.filter(today::isAfter).isPresent();
        }
    }

    /** Returns a page of all documents. */
    public ResultPage<InvoiceSummary> find(ListQuery listQuery) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return found(listQuery);
    }

    /** Returns a page of rows without their total, for reading all of them page by page. */
    public List<InvoiceSummary> rows(ListQuery listQuery) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return part(conditions(listQuery), listQuery);
    }

    /** Returns a page of an organization's documents. */
    public ResultPage<InvoiceSummary> find(UUID organizationId, ListQuery listQuery) {
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        return found(listQuery.with(CUSTOMER, organizationId.toString()));
    }

    /** Returns a page of an organization's rows without their total, for reading all of them page by page. */
    public List<InvoiceSummary> rows(UUID organizationId, ListQuery listQuery) {
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        return part(conditions(listQuery.with(CUSTOMER, organizationId.toString())), listQuery);
    }

    /** Returns the months with documents, latest first. */
    public List<YearMonth> months() {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.query(
                "select month from work.invoicing_run where documents > 0 order by month desc",
                row -> YearMonth.from(row.date("month")));
    }

    /** Returns the months with documents of an organization, latest first. */
    public List<YearMonth> months(UUID organizationId) {
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        var zone = tenants.current().zone();
        return sql.query(
                "select distinct period_from from invoice where organization_id = ? order by period_from desc",
                row -> YearMonth.from(row.instant("period_from").atZone(zone)),
                organizationId);
    }

    private ResultPage<InvoiceSummary> found(ListQuery listQuery) {
        var sqlConditions = conditions(listQuery);
        var total = sql.one(
                "select count(*)::int n from invoice v" + sqlConditions.sql(),
                row -> row.whole("n"),
                sqlConditions.parameters());
        return total == 0 ? ResultPage.nothing() : new ResultPage<>(part(sqlConditions, listQuery), total);
    }

    private List<InvoiceSummary> part(SqlConditions sqlConditions, ListQuery listQuery) {
        var zone = tenants.current().zone();
        return sql.query(
                "select v.* from invoice v" + sqlConditions.sql() + " order by " + SORTING.of(listQuery)
                        + " limit ? offset ?",
                row -> head(row, zone),
                sqlConditions.parameters(listQuery.limit(), listQuery.first()));
    }

    private SqlConditions conditions(ListQuery listQuery) {
        var words = listQuery.search().toLowerCase(Locale.ROOT);
        var sqlConditions = new SqlConditions()
                .and(
                        Optional.of(words).filter(text -> !text.isEmpty()),
                        "strpos(lower(v.number_text), ?) > 0 or strpos(lower(v.buyer_name), ?) > 0")
                .and(listQuery.filter(STATE).filter(state -> !state.equals(OVERDUE)), "lower(v.state) = ?")
                .and(listQuery.filter(KIND), "lower(v.kind) = ?")
                .and(listQuery.filter(CUSTOMER).map(DocumentList::id), "v.organization_id = ?");
        listQuery.filter(MONTH).ifPresent(month -> byMonth(sqlConditions, month));
        if (listQuery.filter(STATE).filter(OVERDUE::equals).isPresent()) {
            var unused = sqlConditions.and("v.state = 'FINAL' and v.due_on < ?", today());
        }
        return sqlConditions;
    }

    /** The current day in the reseller's time zone. */
    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), tenants.current().zone());
    }

    /** Returns an id that matches no row if the text is not an id. */
    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException none) {
            return new UUID(0, 0);
        }
    }

    private void byMonth(SqlConditions sqlConditions, String month) {
        var unused = DateText.month(month)
                .map(one -> BillingPeriod.of(one, tenants.current().zone()))
                .map(period -> sqlConditions.and("v.period_to = ?", period.to()))
                .orElseGet(() -> sqlConditions.and("false"));
    }

    /** Returns an amount of a document's row, in the document's currency. */
    static Money money(Row row, String column) {
        return new Money(row.decimal(column), Currency.getInstance(row.text("currency")));
    }

    static InvoiceSummary head(Row row, ZoneId zone) {
        var issuedAt = row.instant("issued_at");
        var kind = DocumentKind.valueOf(row.text("kind"));
        var total = money(row, "total");
        var prepaid = kind == DocumentKind.CREDIT_NOTE ? total : money(row, "prepaid");
        return new InvoiceSummary(
                row.uuid("id"),
                kind,
                row.text("number_text"),
                row.text("state"),
                row.uuid("organization_id"),
                row.text("buyer_name"),
                YearMonth.from(row.instant("period_from").atZone(zone)),
                issuedAt,
                money(row, "net_rounded"),
                total,
                prepaid,
                money(row, "open_amount"),
                row.maybeInstant("paid_at"),
                // A document that the balance pays immediately is never due.
                row.maybeDate("due_on").filter(due -> prepaid.compareTo(total) < 0));
    }
}
