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
import java.util.UUID;

/** Which lines a credit note is for that somebody has asked for, for those who decide. */
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
     * A line of which something is to be credited.
     *
     * @param kind what sort of line it is
     * @param name of the thing; empty for what is of none
     * @param amount how much of it, as the line says it, with or without the tax; below zero for what was given back on the invoice
     * @param left what there is of the line now
     */
    public record Wanted(
            int position, String kind, String name, String what, Instant from, Instant to, Money amount, Money left) {
        /** Whether there is less of the line than is to be credited. */
        public boolean isLacking() {
            return amount.isPositive() ? left.compareTo(amount) < 0 : left.compareTo(amount) > 0;
        }
    }

    /**
     * What of an invoice is to be credited.
     *
     * @param isGross whether amounts have their tax in them
     */
    public record CreditNoteRequest(boolean isGross, List<Wanted> lines) {
        public CreditNoteRequest {
            lines = List.copyOf(lines);
        }
    }

    /**
     * What a adjustment is to credit.
     *
     * @throws NotFoundException if there is none, or it is of no invoice
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
                invoice.lines().stream()
                        .filter(line -> amounts.containsKey(line.position()))
                        .map(line -> new Wanted(
                                line.position(),
                                line.kind(),
                                line.name(),
                                line.what(),
                                line.from(),
                                line.to(),
                                new Money(amounts.getOrDefault(line.position(), BigDecimal.ZERO), invoice.currency()),
                                line.left()))
                        .toList());
    }
}
