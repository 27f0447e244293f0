package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementTotals.Check;
import io.tenantry.billing.bank.statement.StatementTotals.CurrencyTotal;
import io.tenantry.billing.bank.statement.StatementTotals.Figure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Adds up the booked rows of a file. */
final class Totals {
    private Totals() {}

    /**
     * Adds up the rows.
     *
     * @param checks those made already
     */
    static StatementTotals of(List<StatementRow> rows, List<Balance> balances, List<Check> checks) {
        var all = new ArrayList<>(checks);
        closing(rows, balances).ifPresent(all::add);
        return new StatementTotals(booked(rows), all);
    }

    static List<CurrencyTotal> booked(List<StatementRow> rows) {
        var totals = new TreeMap<Currency, CurrencyTotal>(Comparator.comparing(Currency::getCurrencyCode));
        for (var row : rows) {
            if (row instanceof StatementRow.Booked booked) {
                var amount = booked.transaction().amount();
                var currency = booked.transaction().currency();
                var isIn = amount.signum() > 0;
                totals.merge(
                        currency,
                        new CurrencyTotal(
                                currency,
                                isIn ? 1 : 0,
                                isIn ? amount : BigDecimal.ZERO,
                                isIn ? 0 : 1,
                                isIn ? BigDecimal.ZERO : amount.negate()),
                        Totals::sum);
            }
        }
        return List.copyOf(totals.values());
    }

    private static CurrencyTotal sum(CurrencyTotal one, CurrencyTotal other) {
        return new CurrencyTotal(
                one.currency(),
                one.incomingCount() + other.incomingCount(),
                one.incoming().add(other.incoming()),
                one.outgoingCount() + other.outgoingCount(),
                one.outgoing().add(other.outgoing()));
    }

    /** Checks whether the only opening balance plus all booked rows equals the only closing balance. */
    private static Optional<Check> closing(List<StatementRow> rows, List<Balance> balances) {
        var opening = balances.stream()
                .filter(balance -> balance.kind() == Balance.Kind.OPENING)
                .toList();
        var closing = balances.stream()
                .filter(balance -> balance.kind() == Balance.Kind.CLOSING)
                .toList();
        if (opening.size() != 1
                || closing.size() != 1
                || !opening.get(0).currency().equals(closing.get(0).currency())) {
            return Optional.empty();
        }
        var currency = opening.get(0).currency();
        return Optional.of(new Check(
                Figure.CLOSING_BALANCE,
                closing.get(0).account(),
                currency,
                closing.get(0).amount(),
                opening.get(0).amount().add(net(rows, currency))));
    }

    static BigDecimal net(List<StatementRow> rows, Currency currency) {
        return booked(rows).stream()
                .filter(total -> total.currency().equals(currency))
                .map(total -> total.incoming().subtract(total.outgoing()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
