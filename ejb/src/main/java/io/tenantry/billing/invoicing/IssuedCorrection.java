package io.tenantry.billing.invoicing;

import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Sql;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A correction that was issued under an id before, to tell a request that is sent again from another one with the same id.
 *
 * @param total including tax, above zero
 * @param amounts by the position of the corrected line, above zero
 */
record IssuedCorrection(
        DocumentKind kind,
        Optional<UUID> invoiceId,
        Money total,
        String reason,
        SortedMap<Integer, BigDecimal> amounts) {

    /**
     * Returns the correction of an invoice with that id; empty if the id is new.
     *
     * @throws NotFoundException if it is the id of another document
     */
    static Optional<IssuedCorrection> find(Sql sql, UUID id, CorrectedInvoice invoice) {
        var bare = sql.first(
                "select kind, corrects_id, currency, abs(total) as total, reason from invoice where id = ?",
                row -> new IssuedCorrection(
                        DocumentKind.valueOf(row.text("kind")),
                        row.maybeUuid("corrects_id"),
                        new Money(row.decimal("total"), Currency.getInstance(row.text("currency"))),
                        row.text("reason"),
                        new TreeMap<>()),
                id);
        if (bare.isPresent()
                && !bare.get().invoiceId().equals(Optional.of(invoice.head().id()))) {
            throw new NotFoundException("document", id);
        }
        return bare.map(one -> one.with(amounts(sql, id)));
    }

    private static SortedMap<Integer, BigDecimal> amounts(Sql sql, UUID id) {
        var amounts = new TreeMap<Integer, BigDecimal>();
        sql.query("""
                        select corrects_position, abs(amount) as amount from invoice_line where invoice_id = ? and corrects_position is not null
                        """, row -> Map.entry(row.whole("corrects_position"), row.decimal("amount")), id)
                .forEach(line -> amounts.merge(line.getKey(), line.getValue(), BigDecimal::add));
        return amounts;
    }

    private IssuedCorrection with(SortedMap<Integer, BigDecimal> known) {
        return new IssuedCorrection(kind, invoiceId, total, reason, known);
    }

    /** Whether it is what this request asks for. */
    boolean isOf(DocumentKind asked, CorrectionRequest request) {
        return kind == asked && reason.equals(request.reason()) && isSame(amounts, request.amounts(), total.currency());
    }

    /** Whether amounts are those that were typed: the rounded remainder of a line stands for all of it. */
    static boolean isSame(SortedMap<Integer, BigDecimal> kept, Map<Integer, BigDecimal> typed, Currency currency) {
        return kept.keySet().equals(typed.keySet())
                && kept.entrySet().stream().allMatch(one -> {
                    var amount = typed.getOrDefault(one.getKey(), BigDecimal.ZERO);
                    return one.getValue().compareTo(amount) == 0
                            || new Money(one.getValue(), currency)
                                            .rounded()
                                            .amount()
                                            .compareTo(amount)
                                    == 0;
                });
    }
}
