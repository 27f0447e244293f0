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
 * Opening balances, movements and closing balances of accounts in one currency over a period. Amounts have the ledger's sign: positive is
 * credit. In a correct ledger both balances sum to zero and debits equal credits.
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
     * @param opening the balance before the period
     * @param debits the sum of debits, not below zero
     * @param credits the sum of credits, not below zero
     */
    public record Line(AccountKind account, Money opening, Money debits, Money credits) {
        /** The balance after the period. */
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
     * Sum of postings of one sign.
     *
     * @param isBefore whether they took effect before the requested period
     */
    record TrialBalanceTotal(AccountKind account, Currency currency, boolean isBefore, BigDecimal amount) {}

    /** Builds a trial balance for each currency of the sums. */
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

    /** The opening balance of all accounts: zero if the ledger is correct. */
    public Money opening() {
        return sum(Line::opening);
    }

    public Money debits() {
        return sum(Line::debits);
    }

    public Money credits() {
        return sum(Line::credits);
    }

    /** The closing balance of all accounts: zero if the ledger is correct. */
    public Money closing() {
        return sum(Line::closing);
    }

    /** Whether the ledger is correct. */
    public boolean isBalanced() {
        return opening().isZero() && closing().isZero();
    }

    private Money sum(Function<Line, Money> of) {
        return lines.stream().map(of).reduce(Money.zero(currency), Money::plus);
    }
}
