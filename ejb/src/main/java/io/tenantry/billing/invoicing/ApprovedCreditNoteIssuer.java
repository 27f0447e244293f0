package io.tenantry.billing.invoicing;

import io.tenantry.billing.adjustment.Adjustment;
import io.tenantry.billing.adjustment.Adjustment.Kind;
import io.tenantry.billing.adjustment.Adjustments.Outcome;
import io.tenantry.billing.adjustment.ApprovedCreditIssuer;
import io.tenantry.billing.wallet.ItemCharges;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** Issues approved credit notes, if the amounts to credit are still left. Runs in the approver's transaction, under its lock. */
@Dependent
public class ApprovedCreditNoteIssuer implements ApprovedCreditIssuer {
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    AuditTrail audit;

    @Inject
    TenantDirectory tenants;

    @Inject
    ItemCharges itemCharges;

    /** For the container. */
    public ApprovedCreditNoteIssuer() {}

    /** For use outside a container. */
    public ApprovedCreditNoteIssuer(
            Sql sql, Clock clock, AuditTrail audit, TenantDirectory tenants, ItemCharges itemCharges) {
        this.sql = sql;
        this.clock = clock;
        this.audit = audit;
        this.tenants = tenants;
        this.itemCharges = itemCharges;
    }

    @Override
    public Optional<Outcome> issue(Adjustment asked, SortedMap<Integer, BigDecimal> lines) {
        var invoice = CorrectedInvoice.of(sql, asked.invoice().orElseThrow().id(), tenants.current())
                .orElseThrow();
        if (invoice.isVoid()) {
            return Optional.of(new Outcome.Voided());
        }
        var changed = asked.kind() == Kind.VOID ? otherThanAll(invoice, lines) : lacking(invoice, lines);
        if (!changed.isEmpty()) {
            return Optional.of(new Outcome.LinesChanged(changed));
        }
        var creditNoteIssuer = new CreditNoteIssuer(sql, clock, audit, tenants, itemCharges);
        var whole = creditNoteIssuer.whole(invoice, lines);
        if (whole.compareTo(asked.amount()) != 0) {
            return Optional.of(new Outcome.TaxChanged(whole));
        }
        if (CorrectionAmounts.ofCredit(sql, invoice, lines).isExceeding()) {
            return Optional.of(new Outcome.LinesChanged(lines.keySet()));
        }
        creditNoteIssuer.write(asked.kind(), asked.id(), invoice, lines, asked.reason());
        return Optional.empty();
    }

    /** Returns the lines of which less is left. */
    private static Set<Integer> lacking(CorrectedInvoice invoice, SortedMap<Integer, BigDecimal> lines) {
        var lacking = new TreeSet<Integer>();
        lines.forEach((position, amount) -> {
            var left = invoice.charged(position).map(line -> line.left().amount());
            if (left.filter(enough -> amount.compareTo(enough) <= 0).isEmpty()) {
                lacking.add(position);
            }
        });
        return lacking;
    }

    /** Returns the lines that differ from the remainder: voiding an invoice has to credit exactly what is left of it. */
    private static Set<Integer> otherThanAll(CorrectedInvoice invoice, SortedMap<Integer, BigDecimal> lines) {
        var left = CreditNoteIssuer.allOf(invoice);
        var positions = new TreeSet<>(left.keySet());
        positions.addAll(lines.keySet());
        positions.removeIf(position ->
                left.getOrDefault(position, BigDecimal.ZERO).compareTo(lines.getOrDefault(position, BigDecimal.ZERO))
                        == 0);
        return positions;
    }
}
