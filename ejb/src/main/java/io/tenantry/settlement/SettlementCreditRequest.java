package io.tenantry.settlement;

import io.tenantry.billing.invoicing.CorrectionFault;
import io.tenantry.billing.invoicing.PostalAddress;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.settlement.SettlementCredits.Outcome;
import io.tenantry.settlement.SettlementQuery.Line;
import io.tenantry.settlement.SettlementQuery.SettlementDocument;
import io.tenantry.tenancy.Sql;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What an operator typed to credit lines of a settlement. All of it is checked under the account's lock.
 *
 * @param id of the document
 * @param amounts by the position of the line; none is zero
 * @param reason as documents state it
 * @param confirmed the total that the operator agreed to, if it was stated before
 */
record SettlementCreditRequest(
        UUID id, SortedMap<Integer, BigDecimal> amounts, String reason, Optional<Money> confirmed) {

    static SettlementCreditRequest of(
            UUID id, Map<Integer, BigDecimal> amounts, String reason, Optional<Money> confirmed) {
        var wanted = new TreeMap<>(amounts);
        wanted.values().removeIf(amount -> amount.signum() == 0);
        return new SettlementCreditRequest(id, wanted, PostalAddress.line(reason), confirmed);
    }

    private record KnownCredit(UUID settlementId, Money total, String reason) {}

    private record Rounding(Money payable, BigDecimal taxPercent) {}

    /** The credited amounts of lines of hours, and of fees. */
    record CreditedAmounts(BigDecimal wholesale, BigDecimal fees) {
        static CreditedAmounts of(SettlementDocument settlementDocument, Map<Integer, BigDecimal> wanted) {
            return new CreditedAmounts(sum(settlementDocument, wanted, true), sum(settlementDocument, wanted, false));
        }

        private static BigDecimal sum(
                SettlementDocument settlementDocument, Map<Integer, BigDecimal> wanted, boolean ofHours) {
            return settlementDocument.lines().stream()
                    .filter(line -> isOfHours(line) == ofHours)
                    .map(line -> wanted.getOrDefault(line.position(), BigDecimal.ZERO))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        Money sum(SettlementDocument settlementDocument) {
            return new Money(
                    wholesale.add(fees), settlementDocument.head().total().currency());
        }
    }

    /**
     * Answers a request whose id is known: the first one stands, and another one with its id is refused, since its amounts have not moved. Empty
     * if the id is new.
     *
     * @throws NotFoundException if it is the id of a credit note of another settlement
     */
    Optional<Outcome> repeated(Sql sql, UUID settlementId) {
        var issued = sql.first(
                "select settlement_id, currency, payable, reason from settlement_credit where id = ?",
                row -> new KnownCredit(
                        row.uuid("settlement_id"),
                        new Money(row.decimal("payable"), Currency.getInstance(row.text("currency"))),
                        row.text("reason")),
                id);
        if (issued.isPresent() && !issued.get().settlementId().equals(settlementId)) {
            throw new NotFoundException("settlement", id);
        }
        return issued.map(known -> known.reason().equals(reason) && isSame(sql)
                ? new Outcome.Issued(id)
                : new Outcome.AlreadyRequested(known.total()));
    }

    private boolean isSame(Sql sql) {
        var kept = sql
                .query(
                        "select position, amount from settlement_credit_line where credit_id = ?",
                        row -> Map.entry(row.whole("position"), row.decimal("amount")),
                        id)
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        return kept.keySet().equals(amounts.keySet())
                && amounts.entrySet().stream()
                        .allMatch(one ->
                                kept.getOrDefault(one.getKey(), BigDecimal.ZERO).compareTo(one.getValue()) == 0);
    }

    /** Why nothing is issued, with everything that is wrong; empty if nothing is. */
    Optional<Outcome> refused(Sql sql, SettlementDocument settlementDocument) {
        var faults = faults(sql, settlementDocument);
        if (faults.stream().anyMatch(fault -> fault.kind() != CorrectionFault.Kind.REASON)) {
            return Optional.of(new Outcome.Invalid(faults));
        }
        var rounding = rounding(sql, settlementDocument);
        var total = rounding.payable();
        if (!total.isPositive()) {
            faults.add(CorrectionFault.of(CorrectionFault.Kind.TOO_SMALL, amounts.keySet()));
        }
        if (!faults.isEmpty()) {
            return Optional.of(new Outcome.Invalid(faults));
        }
        return total.equals(typed(rounding)) || confirmed.filter(total::equals).isPresent()
                ? Optional.empty()
                : Optional.of(new Outcome.Unconfirmed(total));
    }

    private List<CorrectionFault> faults(Sql sql, SettlementDocument settlementDocument) {
        var faults = new ArrayList<CorrectionFault>();
        if (reason.isEmpty() || reason.length() > SettlementCredits.REASON_MAX) {
            faults.add(CorrectionFault.of(CorrectionFault.Kind.REASON));
        }
        if (amounts.isEmpty()) {
            faults.add(CorrectionFault.of(CorrectionFault.Kind.NOTHING));
        }
        var unfit = unfit(sql, settlementDocument);
        if (!unfit.isEmpty()) {
            faults.add(CorrectionFault.of(CorrectionFault.Kind.AMOUNT, unfit));
        }
        return faults;
    }

    private Set<Integer> unfit(Sql sql, SettlementDocument settlementDocument) {
        var credited = credited(sql, settlementDocument.head().id());
        var unfit = new TreeSet<>(amounts.keySet());
        for (var line : settlementDocument.lines()) {
            var amount = amounts.get(line.position());
            if (amount != null
                    && amount.signum() > 0
                    && amount.stripTrailingZeros().scale() <= Money.SCALE
                    && amount.compareTo(left(line, credited).amount()) <= 0) {
                unfit.remove(line.position());
            }
        }
        return unfit;
    }

    /** Returns the sum of the entered amounts, each including tax and rounded separately. */
    private Money typed(Rounding rounding) {
        var currency = rounding.payable().currency();
        var percent = new BigDecimal("100").add(rounding.taxPercent());
        return amounts.values().stream()
                .map(amount -> new Money(
                        amount.multiply(percent)
                                .movePointLeft(2)
                                .setScale(currency.getDefaultFractionDigits(), RoundingMode.HALF_UP),
                        currency))
                .reduce(Money.zero(currency), Money::plus);
    }

    /** Returns what the account is refunded, including tax, once everything credited so far is rounded. */
    private Rounding rounding(Sql sql, SettlementDocument settlementDocument) {
        var creditedAmounts = CreditedAmounts.of(settlementDocument, amounts);
        var currency = settlementDocument.head().total().currency();
        return sql.one(
                """
                select a.net - b.net + round(a.net * s.tax_percent / 100, s.decimals) - round(b.net * s.tax_percent / 100, s.decimals) as payable,
                       s.tax_percent
                  from settlement s
                 cross join lateral (select coalesce(sum(c.wholesale), 0) as w, coalesce(sum(c.fees), 0) as f
                                       from settlement_credit c
                                      where c.settlement_id = s.id) x
                 cross join lateral (select round(x.w, s.decimals) + round(x.f, s.decimals) as net) b
                 cross join lateral (select round(x.w + ?, s.decimals) + round(x.f + ?, s.decimals) as net) a
                 where s.id = ?
                """,
                row -> new Rounding(new Money(row.decimal("payable"), currency), row.decimal("tax_percent")),
                creditedAmounts.wholesale(),
                creditedAmounts.fees(),
                settlementDocument.head().id());
    }

    /** Returns the amounts credited of a settlement so far, by the position of the line. */
    static Map<Integer, BigDecimal> credited(Sql sql, UUID settlementId) {
        return sql.query("""
                        select position, sum(amount) as amount from settlement_credit_line where settlement_id = ? group by position
                        """, row -> Map.entry(row.whole("position"), row.decimal("amount")), settlementId).stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Returns what is left of a line. */
    static Money left(Line line, Map<Integer, BigDecimal> credited) {
        var amount = line.amount();
        return amount.minus(new Money(credited.getOrDefault(line.position(), BigDecimal.ZERO), amount.currency()));
    }

    private static boolean isOfHours(Line line) {
        return line.kind().equals("SERVICE") || line.kind().equals("ADDON");
    }
}
