package io.tenantry.settlement;

import io.tenantry.billing.invoicing.DocumentKind;
import io.tenantry.billing.invoicing.InvoiceBuyer;
import io.tenantry.billing.invoicing.InvoiceReferences;
import io.tenantry.billing.invoicing.InvoiceSeller;
import io.tenantry.billing.tax.TaxTreatment;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
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
    /** The page size of the services of a line. */
    public static final int SERVICES_A_PART = 100;

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    TenantDirectory tenants;

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

    /** Returns the settlements of one reseller in a range of months and the credit notes issued in it, the latest first. */
    public List<SettlementSummary> months(TenantId which, YearMonth from, YearMonth to) {
        SettlementAccess.requireView(access);
        return sql.query(
                SettlementRows.HEADS
                        + " where a.tenant = ? and a.closed_at is null and s.month between ? and ? order by s.month"
                        + " desc, s.kind desc, s.issued_at",
                SettlementRows::head,
                Tenancy.scope().tenant().orElse(which).value(),
                from.atDay(1),
                to.atDay(1));
    }

    /** Returns one settlement, or a credit note of one. */
    public SettlementDocument document(UUID id) {
        SettlementAccess.requireView(access);
        var settlementSummary = head(id);
        var settlement = settlementSummary
                .corrects()
                .map(InvoiceReferences.Reference::id)
                .orElse(id);
        return new SettlementDocument(
                settlementSummary,
                sql.query(
                        (settlementSummary.isCredit() ? SettlementRows.CREDITED_LINES : SettlementRows.LINES)
                                + " order by l.position",
                        row -> SettlementRows.line(
                                row, settlementSummary.total().currency()),
                        id),
                sql.first(SettlementRows.INVOICE, SettlementRows::invoice, settlement),
                settlementSummary.isCredit()
                        ? List.of()
                        : sql.query(
                                SettlementRows.HEADS + " where s.corrects_id = ? order by s.issued_at, s.number_text",
                                SettlementRows::head,
                                id));
    }

    /**
     * Returns the details of a line of hours of a settlement.
     *
     * @param service whose rated periods are included
     * @param wanted the page of its services, counted from 1; the nearest existing one
     */
    public Drill drill(UUID id, int position, Optional<UUID> service, int wanted) {
        SettlementAccess.requireView(access);
        var settlementSummary = head(id);
        var found = sql.first(
                        SettlementRows.LINES + " and l.position = ? and l.kind in ('SERVICE', 'ADDON')",
                        row -> Map.entry(
                                SettlementRows.line(
                                        row, settlementSummary.total().currency()),
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
        return sql.first(SettlementRows.HEADS + " where s.id = ?", SettlementRows::head, id)
                .orElseThrow(() -> new NotFoundException("settlement", id));
    }

    /** Within a reseller its own scope; for operators the auditor's, which is read-only. */
    private Scope scope(SettlementSummary settlementSummary) {
        return Tenancy.scope().tenant().map(Scope::of).orElseGet(() -> Scope.audit(settlementSummary.tenant()));
    }
}
