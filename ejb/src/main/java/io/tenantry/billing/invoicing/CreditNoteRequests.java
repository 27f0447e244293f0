package io.tenantry.billing.invoicing;

import io.tenantry.billing.adjustment.Adjustments;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Lines of a requested credit note, for approvers. */
@Stateless
public class CreditNoteRequests {
    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    TenantDirectory tenants;

    @Inject
    Adjustments adjustments;

    /** For the container. */
    public CreditNoteRequests() {}

    /** For use outside a container. */
    public CreditNoteRequests(Sql sql, Access access, TenantDirectory tenants, Adjustments adjustments) {
        this.sql = sql;
        this.access = access;
        this.tenants = tenants;
        this.adjustments = adjustments;
    }

    /**
     * A line to be credited.
     *
     * @param kind the type of the line
     * @param name of the item; empty for lines without one
     * @param amount the amount to credit, in the line's terms, with or without tax; negative for refunds on the invoice
     * @param left the current remaining amount of the line
     * @param includesTax whether its amounts contain tax; empty if it bears none
     */
    public record RequestedLine(
            int position,
            String kind,
            String name,
            String what,
            Instant from,
            Instant to,
            Money amount,
            Money left,
            Optional<Boolean> includesTax) {
        /** Whether less of the line is left than is to be credited. */
        public boolean isLacking() {
            return amount.isPositive() ? left.compareTo(amount) < 0 : left.compareTo(amount) > 0;
        }
    }

    /**
     * The lines of an invoice to be credited.
     *
     * @param isGross whether all amounts include tax
     * @param isMixed whether some amounts include tax, and others do not
     */
    public record CreditNoteRequest(boolean isGross, boolean isMixed, List<RequestedLine> lines) {
        public CreditNoteRequest {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Returns the lines that an adjustment is to credit.
     *
     * @throws NotFoundException if there is none, or it is not for an invoice
     */
    public CreditNoteRequest of(UUID adjustmentId) {
        access.require(Permission.STAFF_BILLING_VIEW);
        var asked = adjustments.one(adjustmentId);
        access.requireIn(asked.organizationId(), Permission.BILLING_VIEW);
        var invoice = asked.invoice()
                .flatMap(adjustedDocument -> CorrectedInvoice.of(sql, adjustedDocument.id(), tenants.current()))
                .orElseThrow(() -> new NotFoundException("document", adjustmentId));
        var amounts = adjustments.lines(adjustmentId);
        return new CreditNoteRequest(
                invoice.isGross(),
                invoice.isMixed(),
                invoice.lines().stream()
                        .filter(line -> amounts.containsKey(line.position()))
                        .map(line -> new RequestedLine(
                                line.position(),
                                line.kind(),
                                line.name(),
                                line.what(),
                                line.from(),
                                line.to(),
                                new Money(amounts.getOrDefault(line.position(), BigDecimal.ZERO), invoice.currency()),
                                line.left(),
                                line.includesTax()))
                        .toList());
    }
}
