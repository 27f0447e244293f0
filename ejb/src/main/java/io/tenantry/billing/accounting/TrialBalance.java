package io.tenantry.billing.accounting;

import io.tenantry.kernel.ledger.Ledger.AccountKind;
import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What accounts of one currency held before some days, what moved on them, and what they held afterwards. Amounts have the ledger's sign:
 * positive is credit. Of books that are right, both balances sum to zero and debits are as much as credits.
 *
 * @param lines a line for each kind of account that was ever moved
 */
public record TrialBalance(Currency currency, List<Line> lines) {
    public TrialBalance {
        lines = List.copyOf(lines);
    }

    /**
     * A kind of account; all wallets are one line.
     *
     * @param opening what it held before
     * @param debits what was debited, not below zero
     * @param credits what was credited, not below zero
     */
    public record Line(AccountKind account, Money opening, Money debits, Money credits) {
        /** What it held afterwards. */
        public Money closing() {
            return opening.minus(debits).plus(credits);
        }

        private Line plus(TrialBalanceTotal trialBalanceTotal) {
            var amount = new Money(trialBalanceTotal.amount(), trialBalanceTotal.currency());
            if (trialBalanceTotal.isBefore()) {
                return new Line(account, opening.plus(amount), debits, credits);
            }
            return trialBalanceTotal.amount().signum() < 0
                    ? new Line(account, opening, debits.minus(amount), credits)
                    : new Line(account, opening, debits, credits.plus(amount));
        }
    }

    /**
     * Postings of one sign, summed.
     *
     * @param isBefore whether they are from before the days that are asked for
     */
    record TrialBalanceTotal(AccountKind account, Currency currency, boolean isBefore, BigDecimal amount) {}

    /** What was summed, currency by currency. */
    static List<TrialBalance> of(List<TrialBalanceTotal> sums) {
        var found = new TreeMap<String, Map<AccountKind, Line>>();
        for (var trialBalanceTotal : sums) {
            var nothing = Money.zero(trialBalanceTotal.currency());
            var lines = found.computeIfAbsent(
                    trialBalanceTotal.currency().getCurrencyCode(), any -> new EnumMap<>(AccountKind.class));
            var line = lines.getOrDefault(
                    trialBalanceTotal.account(), new Line(trialBalanceTotal.account(), nothing, nothing, nothing));
            lines.put(trialBalanceTotal.account(), line.plus(trialBalanceTotal));
        }
        return found.entrySet().stream()
                .map(one -> new TrialBalance(
                        Currency.getInstance(one.getKey()),
                        List.copyOf(one.getValue().values())))
                .toList();
    }

    /** What all accounts held before: nothing, if the books are right. */
    public Money opening() {
        return sum(Line::opening);
    }

    public Money debits() {
        return sum(Line::debits);
    }

    public Money credits() {
        return sum(Line::credits);
    }

    /** What all accounts held afterwards: nothing, if the books are right. */
    public Money closing() {
        return sum(Line::closing);
    }

    /** Whether the books are right. */
    public boolean isBalanced() {
        return opening().isZero() && closing().isZero();
    }

    private Money sum(Function<Line, Money> of) {
        return lines.stream().map(of).reduce(Money.zero(currency), Money::plus);
    }
}
