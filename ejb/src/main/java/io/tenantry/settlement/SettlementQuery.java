package io.tenantry.settlement;

import io.tenantry.billing.invoicing.DocumentKind;
import io.tenantry.billing.invoicing.InvoiceBuyer;
import io.tenantry.billing.invoicing.InvoiceReferences;
import io.tenantry.billing.invoicing.InvoiceSeller;
import io.tenantry.billing.invoicing.PostalAddress;
import io.tenantry.billing.tax.TaxTreatment;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.settlement.FeeSchedules.Rule;
import io.tenantry.settlement.ResellerAccounts.Account;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Settlements as both sides read them, from a period of months down to the hours. Within a reseller the database shows only its own, whatever
 * is requested; operators see all, and a reseller's hours by a read-only role.
 */
@Stateless
public class SettlementQuery {
    /** The number of latest account movements that are shown. */
    public static final int MOVEMENTS_MAX = 60;

    /** The page size of the services of a line. */
    public static final int SERVICES_A_PART = 100;

    static final String HEADS = """
            select s.*, a.tenant
              from (select s.id, 'INVOICE' as kind, s.account_id, s.number_text, s.month, s.state, s.currency, s.services, s.organizations,
                           s.issued_at, s.paid_at, round(s.revenue, s.decimals) as revenue, round(s.wholesale, s.decimals) as wholesale,
                           round(s.fees, s.decimals) as fees, s.total, s.rounding, s.margin, s.tax_percent, s.tax, s.payable,
                           coalesce((select sum(c.payable) from platform.settlement_credit c where c.settlement_id = s.id), 0) as credited,
                           null::uuid as corrects_id, '' as corrects_number, '' as reason
                      from platform.settlement s
                     union all
                    select c.id, 'CREDIT_NOTE', c.account_id, c.number_text, c.month, 'PAID', c.currency, 0, 0,
                           c.issued_at, c.issued_at, 0, -c.wholesale_rounded,
                           -c.fees_rounded, -c.total, -c.rounding, c.total, c.tax_percent, -c.tax, -c.payable,
                           0, s.id, s.number_text, c.reason
                      from platform.settlement_credit c
                      join platform.settlement s on s.id = c.settlement_id) s
              join platform.reseller_ledger_account a on a.id = s.account_id
            """;

    private static final String LINES = """
            select l.position, l.kind, l.subject, l.name, l.provider, l.of_month, l.services, l.hours, l.unpriced_hours, l.revenue, l.quantity, l.rate,
                   l.amount,
                   (select e.number_text
                      from platform.settlement e
                     where e.account_id = l.account_id and e.month = l.of_month and l.of_month < s.month) as of_number
              from platform.settlement_line l
              join platform.settlement s on s.id = l.settlement_id
             where l.settlement_id = ?
            """;

    private static final String CREDITED_LINES = """
            select l.position, l.kind, l.subject, l.name, l.provider, l.of_month, 0 as services, 0::bigint as hours, 0::bigint as unpriced_hours,
                   0::numeric as revenue, 0::numeric as quantity, 0::numeric as rate, -c.amount as amount, null::text as of_number
              from platform.settlement_credit_line c
              join platform.settlement_line l on l.settlement_id = c.settlement_id and l.position = c.position
             where c.credit_id = ?
            """;

    private static final String INVOICE = """
            select i.account_id, i.treatment, i.place, i.buyer_name, i.buyer_street, i.buyer_postcode, i.buyer_city, i.buyer_country,
                   i.buyer_vat_number, i.buyer_email, ${seller}
              from platform.settlement_invoice i
              join platform.platform_seller p on p.id = i.seller_id
             where i.settlement_id = ?
            """.replace("${seller}", PlatformSellerRepository.COLUMNS);

    private static final String MOVEMENTS = """
            select e.id, e.effective_at, e.source, e.reason, p.amount, p.balance_after, p.currency,
                   exists (select from platform.journal_entry r where r.reverses = e.id) as taken_back
              from platform.posting p
              join platform.journal_entry e on e.id = p.entry_id
             where p.account_id = ?
             order by e.id desc
             limit ?
            """;

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    TenantDirectory tenants;

    @Inject
    FeeSchedules rules;

    @Inject
    SettlementLineDetails settled;

    /**
     * A settlement, or a credit note of one, without its lines; sums are rounded as they are in its total. Amounts of a credit note are below
     * zero, and above zero in the margin.
     *
     * @param month for a credit note the month in which it was issued: it counts there, so that reports of an earlier month stay unchanged
     * @param rounding what rounding added to the exact sums
     * @param margin revenue less total
     * @param total without tax
     * @param payable with tax
     * @param credited what of that was refunded by credit notes
     * @param corrects the settlement to which a credit note belongs
     * @param reason the reason for a credit note; otherwise empty
     */
    public record SettlementSummary(
            UUID id,
            DocumentKind kind,
            TenantId tenant,
            String number,
            YearMonth month,
            String state,
            int services,
            int organizations,
            Money revenue,
            Money wholesale,
            Money fees,
            Money total,
            Money rounding,
            Money margin,
            BigDecimal taxPercent,
            Money tax,
            Money payable,
            Money credited,
            Instant issuedAt,
            Optional<Instant> paidAt,
            Optional<InvoiceReferences.Reference> corrects,
            String reason) {
        /** Whether it is a credit note. */
        public boolean isCredit() {
            return kind == DocumentKind.CREDIT_NOTE;
        }

        /** Whether the whole payable amount was refunded. */
        public boolean isGivenBack() {
            return credited.isPositive() && credited.equals(payable);
        }

        /** Returns the amount due, as far as one settlement shows it: everything not refunded, until it is paid. */
        public Money open() {
            return paidAt.isPresent() ? Money.zero(payable.currency()) : payable.minus(credited);
        }
    }

    /**
     * A line of a settlement, exact.
     *
     * @param month when it happened
     * @param lateTo the settlement of that month, if this line is late
     * @param quantity for fees: the base amount or the number of units
     * @param rate for fees: the fee per unit
     */
    public record Line(
            int position,
            String kind,
            String name,
            String provider,
            YearMonth month,
            Optional<String> lateTo,
            int services,
            long hours,
            long unpricedHours,
            Money revenue,
            BigDecimal quantity,
            BigDecimal rate,
            Money amount) {
        /** Returns the reseller's margin, before fees. */
        public Money margin() {
            return revenue.minus(amount);
        }
    }

    /**
     * The seller and buyer of a settlement that is an invoice.
     *
     * @param accountId by which the platform knows the reseller
     * @param place the country of the tax; the reseller's country where none is due
     */
    public record Invoice(
            UUID accountId, InvoiceSeller seller, InvoiceBuyer buyer, TaxTreatment treatment, String place) {}

    /**
     * A settlement or a credit note with its lines.
     *
     * @param invoice empty for documents issued before the platform was recorded as a seller, which are statements without tax; for a credit
     *     note that of its settlement
     * @param credits the credit notes of a settlement, the first one first
     */
    public record SettlementDocument(
            SettlementSummary head, List<Line> lines, Optional<Invoice> invoice, List<SettlementSummary> credits) {
        public SettlementDocument {
            lines = List.copyOf(lines);
            credits = List.copyOf(credits);
        }
    }

    /**
     * A line of a settlement and its details.
     *
     * @param part the page of the services, counted from 1
     * @param services those with the greatest margin first
     * @param hours the rated periods of the requested service
     */
    public record Drill(
            SettlementSummary head,
            Line line,
            int part,
            List<SettlementLineDetails.Sold> services,
            List<SettlementLineDetails.Hours> hours) {
        public Drill {
            services = List.copyOf(services);
            hours = List.copyOf(hours);
        }
    }

    /**
     * A movement of a reseller's account.
     *
     * @param isTakenBack whether a later movement has reversed it
     */
    public record Movement(
            long entry, Instant at, String source, String reason, Money amount, Money balance, boolean isTakenBack) {
        /** Whether it is a payment that may be reversed. */
        public boolean isPayment() {
            return source.equals(ResellerAccounts.PAYMENT) && !isTakenBack;
        }
    }

    /**
     * The state of a reseller's account with the platform.
     *
     * @param account empty until the first month is opened
     * @param rule the fee terms of the month
     */
    public record SettlementStatus(
            Tenant tenant, Optional<Account> account, List<Movement> movements, Optional<Rule> rule) {
        public SettlementStatus {
            movements = List.copyOf(movements);
        }
    }

    /** Returns the state of a reseller's account: within a reseller that of the reseller itself, otherwise of the given one. */
    public SettlementStatus status(TenantId which, YearMonth month) {
        mayView();
        var tenant = tenants.byId(Tenancy.scope().tenant().orElse(which))
                .orElseThrow(() -> new NotFoundException("reseller", which));
        var account = sql.first("""
                select id, tenant, currency, balance, credit_limit
                  from platform.reseller_ledger_account
                 where tenant = ? and currency = ? and closed_at is null
                """, ResellerAccounts::account, tenant.id().value(), tenant.currency());
        var movements = account.map(one -> sql.query(MOVEMENTS, SettlementQuery::movement, one.id(), MOVEMENTS_MAX))
                .orElse(List.of());
        var rule = rules.inForce(account.map(Account::id).orElseGet(() -> new UUID(0, 0)), tenant.currency(), month);
        return new SettlementStatus(tenant, account, movements, rule);
    }

    /** Returns the settlements of one reseller in a range of months and the credit notes issued in it, the latest first. */
    public List<SettlementSummary> months(TenantId which, YearMonth from, YearMonth to) {
        mayView();
        return sql.query(
                HEADS
                        + " where a.tenant = ? and a.closed_at is null and s.month between ? and ? order by s.month desc, s.kind desc, s.issued_at",
                SettlementQuery::head,
                Tenancy.scope().tenant().orElse(which).value(),
                from.atDay(1),
                to.atDay(1));
    }

    /** Returns one settlement, or a credit note of one. */
    public SettlementDocument document(UUID id) {
        mayView();
        var settlementSummary = head(id);
        var settlement = settlementSummary
                .corrects()
                .map(InvoiceReferences.Reference::id)
                .orElse(id);
        return new SettlementDocument(
                settlementSummary,
                sql.query(
                        (settlementSummary.isCredit() ? CREDITED_LINES : LINES) + " order by l.position",
                        row -> line(row, settlementSummary.total().currency()),
                        id),
                sql.first(INVOICE, SettlementQuery::invoice, settlement),
                settlementSummary.isCredit()
                        ? List.of()
                        : sql.query(
                                HEADS + " where s.corrects_id = ? order by s.issued_at, s.number_text",
                                SettlementQuery::head,
                                id));
    }

    /**
     * Returns the details of a line of hours of a settlement.
     *
     * @param service whose rated periods are included
     * @param wanted the page of its services, counted from 1; the nearest existing one
     */
    public Drill drill(UUID id, int position, Optional<UUID> service, int wanted) {
        mayView();
        var settlementSummary = head(id);
        var found = sql.first(
                        LINES + " and l.position = ? and l.kind in ('SERVICE', 'OPTION')",
                        row -> Map.entry(
                                line(row, settlementSummary.total().currency()),
                                new SettlementLineDetails.Subject(
                                        settlementSummary.month(),
                                        YearMonth.from(row.date("of_month")),
                                        row.text("provider"),
                                        row.text("subject"),
                                        settlementSummary.total().currency())),
                        id,
                        position)
                .orElseThrow(() -> new NotFoundException("line of settlement", id));
        var last = Math.max(1, (found.getKey().services() + SERVICES_A_PART - 1) / SERVICES_A_PART);
        var part = Math.min(Math.max(1, wanted), last);
        if (tenants.byId(settlementSummary.tenant()).filter(Tenant::isThere).isEmpty()) {
            return new Drill(
                    settlementSummary,
                    found.getKey(),
                    part,
                    List.of(),
                    List.of()); // They were deleted with the reseller's data.
        }
        return new Drill(
                settlementSummary,
                found.getKey(),
                part,
                settled.services(
                        scope(settlementSummary), found.getValue(), SERVICES_A_PART, (part - 1) * SERVICES_A_PART),
                service.map(one -> settled.hours(scope(settlementSummary), found.getValue(), one))
                        .orElse(List.of()));
    }

    private SettlementSummary head(UUID id) {
        return sql.first(HEADS + " where s.id = ?", SettlementQuery::head, id)
                .orElseThrow(() -> new NotFoundException("settlement", id));
    }

    /** Within a reseller its own scope; for operators the auditor's, which is read-only. */
    private static Scope scope(SettlementSummary settlementSummary) {
        return Tenancy.scope().tenant().map(Scope::of).orElseGet(() -> Scope.audit(settlementSummary.tenant()));
    }

    private void mayView() {
        access.require(
                Tenancy.scope().tenant().isPresent()
                        ? Permission.STAFF_ACCOUNTING_VIEW
                        : Permission.PLATFORM_TENANTS_VIEW);
    }

    static SettlementSummary head(Row row) {
        var currency = Currency.getInstance(row.text("currency"));
        return new SettlementSummary(
                row.uuid("id"),
                DocumentKind.valueOf(row.text("kind")),
                new TenantId(row.text("tenant")),
                row.text("number_text"),
                YearMonth.from(row.date("month")),
                row.text("state"),
                row.whole("services"),
                row.whole("organizations"),
                new Money(row.decimal("revenue"), currency),
                new Money(row.decimal("wholesale"), currency),
                new Money(row.decimal("fees"), currency),
                new Money(row.decimal("total"), currency),
                new Money(row.decimal("rounding"), currency),
                new Money(row.decimal("margin"), currency),
                row.decimal("tax_percent").stripTrailingZeros(),
                new Money(row.decimal("tax"), currency),
                new Money(row.decimal("payable"), currency),
                new Money(row.decimal("credited"), currency),
                row.instant("issued_at"),
                row.maybeInstant("paid_at"),
                row.maybeUuid("corrects_id")
                        .map(of -> new InvoiceReferences.Reference(of, row.text("corrects_number"))),
                row.text("reason"));
    }

    private static Invoice invoice(Row row) {
        return new Invoice(
                row.uuid("account_id"),
                PlatformSellerRepository.seller(row),
                new InvoiceBuyer(
                        new PostalAddress(
                                row.text("buyer_name"),
                                row.text("buyer_street"),
                                row.text("buyer_postcode"),
                                row.text("buyer_city"),
                                row.text("buyer_country")),
                        row.text("buyer_vat_number"),
                        row.text("buyer_email"),
                        ""),
                TaxTreatment.valueOf(row.text("treatment")),
                row.text("place"));
    }

    private static Line line(Row row, Currency currency) {
        return new Line(
                row.whole("position"),
                row.text("kind"),
                row.text("name"),
                row.text("provider"),
                YearMonth.from(row.date("of_month")),
                row.maybeText("of_number"),
                row.whole("services"),
                row.big("hours"),
                row.big("unpriced_hours"),
                new Money(row.decimal("revenue"), currency),
                row.decimal("quantity"),
                row.decimal("rate"),
                new Money(row.decimal("amount"), currency));
    }

    private static Movement movement(Row row) {
        var currency = Currency.getInstance(row.text("currency"));
        return new Movement(
                row.big("id"),
                row.instant("effective_at"),
                row.text("source").split(":", 2)[0],
                row.text("reason"),
                new Money(row.decimal("amount"), currency),
                new Money(row.decimal("balance_after"), currency),
                row.flag("taken_back"));
    }
}
