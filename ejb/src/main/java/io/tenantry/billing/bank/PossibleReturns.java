package io.tenantry.billing.bank;

import io.tenantry.billing.bank.KnownCounterparts.Counterpart;
import io.tenantry.billing.bank.PartyMovements.Movement;
import io.tenantry.billing.bank.PaymentMatcher.Payment;
import io.tenantry.billing.bank.statement.ReturnTerms;
import io.tenantry.tenancy.Sql;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds returns whose amount differs from that of the payment: with a fee added or deducted, in part, or of several payments together. Without
 * words of a return, only an amount that fits payments of the same party makes a movement a possible return, because customers may be
 * suppliers as well.
 */
final class PossibleReturns {
    /** Banks charge fixed fees for returns; beyond them, a fee may be a share of the payment. */
    private static final BigDecimal FEE_MAX = new BigDecimal(25);

    private static final BigDecimal FEE_SHARE = new BigDecimal("0.05");
    /** More customers than this are those of a payment service, whose amounts show nothing. */
    private static final int CUSTOMERS_MAX = 5;
    /** Latest payments of a party that one movement may return together. */
    private static final int TOGETHER_MAX = 12;

    /**
     * Finds payments of anybody with the amount of a return, or with an amount to which a fee was added, for returns that do not show whose
     * payment they return; a row without a payment if there are payments, but none fits.
     */
    private static final String ANYBODY = """
            select t.place, o.id, o.customer_id, coalesce(o.amount = t.amount, false) as equal
              from unnest(cast(cast(? as text[]) as date[]), cast(cast(? as text[]) as numeric[]), cast(? as text[]))
                   with ordinality t (booked_on, amount, currency, place)
              left join lateral (
                   select l.id, l.amount, l.organization_id as customer_id from bank_transaction l
                    where l.state = 'BOOKED' and l.currency = t.currency and l.booked_on between t.booked_on - 400 and t.booked_on + 10
                      and l.amount between least(t.amount - ?, t.amount / (1 + ?)) and t.amount and l.amount > 0
                    order by l.amount desc, l.booked_on desc, l.id
                    limit 2) o on true
             where exists (select from bank_transaction l
                            where l.state = 'BOOKED' and l.booked_on between t.booked_on - 400 and t.booked_on + 10)
             order by t.place, equal desc, o.id
            """;

    private final Sql sql;

    PossibleReturns(Sql sql) {
        this.sql = sql;
    }

    /** Adds the counterparts of movements that have none yet, by the movement's index in the list. */
    void addTo(Map<Integer, Counterpart> found, List<Payment> payments) {
        var open = new ArrayList<Integer>();
        for (var at = 0; at < payments.size(); at++) {
            if (!found.containsKey(at)) {
                open.add(at);
            }
        }
        var movements =
                new PartyMovements(sql).of(open.stream().map(payments::get).toList());
        var unknown = new ArrayList<Integer>();
        for (var place = 0; place < open.size(); place++) {
            var at = open.get(place);
            var payment = payments.get(at);
            var own = movements.get(place);
            var counter = payment.amount().isPositive() ? returnOf(payment, own) : paymentOf(payment, own);
            counter.ifPresent(movement -> found.put(at, counterpart(movement)));
            if (counter.isEmpty() && !payment.amount().isPositive() && isReturn(payment)) {
                unknown.add(at);
            }
        }
        anybodys(found, payments, unknown);
    }

    private static Counterpart counterpart(Movement movement) {
        return new Counterpart(movement.lineId(), movement.customerId());
    }

    /** Returns the payment that an outgoing movement may return. */
    private static Optional<Movement> paymentOf(Payment back, List<Movement> movements) {
        var amount = back.amount().amount().negate();
        var currency = back.amount().currency().getCurrencyCode();
        var paid = movements.stream()
                .filter(movement -> movement.amount().signum() > 0 && isInTime(movement, back))
                .sorted(Comparator.comparingInt((Movement movement) -> misfit(movement.amount(), amount))
                        .thenComparing(movement -> !movement.currency().equals(currency))
                        .thenComparing(Movement::isLinked)
                        .thenComparing(movement -> days(back, movement))
                        .thenComparing(Movement::id))
                .toList();
        if (paid.isEmpty()) {
            return Optional.empty();
        }
        if (ReturnTerms.isGivenBack(back.words()) || ReturnTerms.isGivenBack(withoutParty(back))) {
            return paid.stream().findFirst();
        }
        var credited = paid.stream()
                .filter(movement ->
                        movement.customerId().isPresent() && movement.currency().equals(currency))
                .toList();
        if (isOfMany(credited, Movement::customerId)) {
            return Optional.empty();
        }
        return credited.stream()
                .filter(movement -> misfit(movement.amount(), amount) < 2)
                .findFirst()
                .or(() -> isSum(credited, amount) ? credited.stream().findFirst() : Optional.empty());
    }

    /** Returns the movement that may have returned a payment before the file with the payment was imported. */
    private static Optional<Movement> returnOf(Payment payment, List<Movement> movements) {
        var amount = payment.amount().amount();
        var currency = payment.amount().currency().getCurrencyCode();
        var back = movements.stream()
                .filter(movement -> movement.amount().signum() < 0 && !movement.isLinked())
                .filter(movement ->
                        ChronoUnit.DAYS.between(payment.bookedOn(), movement.bookedOn()) <= PartyMovements.BACK_DAYS
                                && ChronoUnit.DAYS.between(movement.bookedOn(), payment.bookedOn())
                                        <= PartyMovements.EARLY_DAYS)
                .sorted(Comparator.comparing((Movement movement) -> days(payment, movement))
                        .thenComparing(Movement::id))
                .toList();
        var isOfMany = isOfMany(back, Movement::payer);
        return back.stream()
                .filter(movement -> (!movement.isNobodys() && ReturnTerms.isGivenBack(movement.words()))
                        || ((movement.isNobodys() || !isOfMany)
                                && movement.currency().equals(currency)
                                && misfit(amount, movement.amount().negate()) < 2))
                .findFirst();
    }

    /** How badly a returned amount fits a payment: 0 if it is equal, 1 if a fee may have been added, otherwise 2. */
    private static int misfit(BigDecimal paid, BigDecimal back) {
        var fee = back.subtract(paid);
        if (fee.signum() == 0) {
            return 0;
        }
        return fee.signum() > 0 && fee.compareTo(FEE_MAX.max(paid.multiply(FEE_SHARE))) <= 0 ? 1 : 2;
    }

    /** Whether an amount is the sum of some of the latest payments, or of all of them with a fee. */
    private static boolean isSum(List<Movement> paid, BigDecimal amount) {
        if (paid.size() < 2) {
            return false;
        }
        var all = paid.stream().map(Movement::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (misfit(all, amount) < 2) {
            return true;
        }
        Set<BigDecimal> sums = new HashSet<>(Set.of(BigDecimal.ZERO));
        paid.stream()
                .sorted(Comparator.comparing(Movement::bookedOn).reversed())
                .limit(TOGETHER_MAX)
                .map(movement -> movement.amount().stripTrailingZeros())
                .forEach(one -> sums.addAll(sums.stream()
                        .map(sum -> sum.add(one).stripTrailingZeros())
                        .toList()));
        return sums.contains(amount.stripTrailingZeros());
    }

    private static boolean isOfMany(Collection<Movement> movements, Function<Movement, ?> owner) {
        return movements.stream().map(owner).distinct().count() > CUSTOMERS_MAX;
    }

    private static boolean isInTime(Movement paid, Payment back) {
        var days = ChronoUnit.DAYS.between(paid.bookedOn(), back.bookedOn());
        return days <= PartyMovements.BACK_DAYS && days >= -PartyMovements.EARLY_DAYS;
    }

    private static long days(Payment payment, Movement movement) {
        return Math.abs(ChronoUnit.DAYS.between(payment.bookedOn(), movement.bookedOn()));
    }

    private static boolean isReturn(Payment payment) {
        return ReturnTerms.isReturn(payment.words()) || ReturnTerms.isReturn(withoutParty(payment));
    }

    /** Returns the text of the row, which may name a kind of transaction, without the name of the party. */
    private static String withoutParty(Payment payment) {
        return payment.payer().isEmpty() ? payment.row() : payment.row().replace(payment.payer(), " ");
    }

    /** Leaves returns of nobody known to a person, with the only payment that fits, if there is one. */
    private void anybodys(Map<Integer, Counterpart> found, List<Payment> payments, List<Integer> unknown) {
        if (unknown.isEmpty()) {
            return;
        }
        var asked = unknown.stream().map(payments::get).toList();
        var fits = new HashMap<Integer, List<Fit>>();
        sql.query(
                        ANYBODY,
                        row -> Map.entry(
                                (int) row.big("place") - 1,
                                new Fit(
                                        new Counterpart(row.maybeUuid("id"), row.maybeUuid("customer_id")),
                                        row.flag("equal"))),
                        PaymentMatcher.texts(
                                asked, payment -> payment.bookedOn().toString()),
                        PaymentMatcher.texts(
                                asked,
                                payment -> payment.amount().amount().negate().toPlainString()),
                        PaymentMatcher.texts(
                                asked, payment -> payment.amount().currency().getCurrencyCode()),
                        FEE_MAX,
                        FEE_SHARE)
                .forEach(one -> fits.computeIfAbsent(one.getKey(), none -> new ArrayList<>())
                        .add(one.getValue()));
        fits.forEach((place, all) -> {
            var isClear = all.size() == 1 || all.get(0).isEqual() != all.get(1).isEqual();
            found.put(
                    unknown.get(place),
                    isClear ? all.get(0).counterpart() : new Counterpart(Optional.empty(), Optional.empty()));
        });
    }

    /** A payment of anybody that a return fits. */
    private record Fit(Counterpart counterpart, boolean isEqual) {}
}
