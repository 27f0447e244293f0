package io.tenantry.invoicing;

import io.tenantry.concession.Concessions;
import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.money.Money;
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
public class CreditWishes {
    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    TenantDirectory tenants;

    @Inject
    Concessions concessions;

    /** For the container. */
    public CreditWishes() {}

    /** For use outside a container. */
    public CreditWishes(Sql sql, Access access, TenantDirectory tenants, Concessions concessions) {
        this.sql = sql;
        this.access = access;
        this.tenants = tenants;
        this.concessions = concessions;
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
    public record Wish(boolean isGross, List<Wanted> lines) {
        public Wish {
            lines = List.copyOf(lines);
        }
    }

    /**
     * What a concession is to credit.
     *
     * @throws NotVisible if there is none, or it is of no invoice
     */
    public Wish of(UUID concessionId) {
        access.require(Permission.STAFF_WALLETS_VIEW);
        var asked = concessions.one(concessionId);
        access.requireIn(asked.organizationId(), Permission.BILLING_VIEW);
        var invoice = asked.invoice()
                .flatMap(paper -> CorrectedInvoice.of(sql, paper.id(), tenants.current()))
                .orElseThrow(() -> new NotVisible("document", concessionId));
        var amounts = concessions.lines(concessionId);
        return new Wish(
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
