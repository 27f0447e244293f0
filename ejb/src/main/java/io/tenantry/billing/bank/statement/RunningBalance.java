package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.Booked;
import io.tenantry.billing.bank.statement.StatementRow.Known;
import io.tenantry.billing.bank.statement.StatementRow.Review;
import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import io.tenantry.billing.bank.statement.StatementTotals.Check;
import io.tenantry.billing.bank.statement.StatementTotals.Figure;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares each amount with the balances before and after it. If balances show that an amount was misread, its row needs review. Dates
 * determine whether rows run from oldest to newest or in reverse, or else the direction in which more amounts fit.
 */
final class RunningBalance {
    private static final int DETAIL_MAX = 200;

    private static final int STEPS_MIN = 3;

    private final List<Step> steps;
    private final Verdict[] verdicts;
    private final Map<String, Chain> chains = new LinkedHashMap<>();
    private final boolean isUnsigned;
    private final boolean isContradicted;
    /** Whether most amounts have the opposite direction of what they state, so that those not confirmed by a balance are uncertain, too. */
    private final boolean isTurned;

    /** Result of the comparison for a row. */
    private enum Verdict {
        NOTHING,
        FITS,
        OTHER_SIGN,
        OTHER_AMOUNT
    }

    /**
     * A row.
     *
     * @param group rows in the same group have consecutive balances
     * @param balance after it
     */
    record Step(String group, LocalDate on, BigDecimal amount, BigDecimal balance) {
        /** A row without a transaction. */
        static final Step NONE = new Step("", LocalDate.EPOCH, BigDecimal.ZERO, BigDecimal.ZERO);
        /** A row that may be a transaction, so that the balances after it cannot be derived. */
        static final Step GAP = new Step("gap", LocalDate.EPOCH, BigDecimal.ZERO, BigDecimal.ZERO);
    }

    /** Rows of a group, the rows after which a chain restarts, and their direction. */
    private static final class Chain {
        private final List<Integer> places = new ArrayList<>();
        private final List<Boolean> isFollowing = new ArrayList<>();
        private boolean isAscending;
        private int fitting;
        private int compared;
    }

    /**
     * Compares rows with their balances.
     *
     * @param isUnsigned whether only the balance shows the direction of amounts in this file
     */
    RunningBalance(List<Step> steps, boolean isUnsigned) {
        this.steps = steps;
        this.isUnsigned = isUnsigned;
        this.verdicts = new Verdict[steps.size()];
        Arrays.fill(verdicts, Verdict.NOTHING);
        var isGap = new LinkedHashMap<String, Boolean>();
        for (var place = 0; place < steps.size(); place++) {
            var step = steps.get(place);
            if (step.equals(Step.GAP)) {
                isGap.replaceAll((group, none) -> true);
            } else if (!step.equals(Step.NONE)) {
                var chain = chains.computeIfAbsent(step.group(), none -> new Chain());
                chain.isFollowing.add(!chain.places.isEmpty() && !isGap.getOrDefault(step.group(), false));
                chain.places.add(place);
                isGap.put(step.group(), false);
            }
        }
        chains.values().forEach(this::compare);
        var contradicted = Collections.frequency(Arrays.asList(verdicts), Verdict.OTHER_SIGN);
        this.isContradicted = contradicted > 0;
        this.isTurned = contradicted > Collections.frequency(Arrays.asList(verdicts), Verdict.FITS);
    }

    private void compare(Chain chain) {
        chain.isAscending = isAscending(chain);
        for (var at = 1; at < chain.places.size(); at++) {
            if (chain.isFollowing.get(at)) {
                var place = chain.places.get(chain.isAscending ? at : at - 1);
                verdicts[place] = verdict(chain, at, chain.isAscending);
                chain.compared++;
                chain.fitting += verdicts[place] == Verdict.FITS ? 1 : 0;
            }
        }
        var isReliable = chain.compared >= STEPS_MIN && chain.fitting * 2 >= chain.compared;
        if (!isReliable) {
            for (var place : chain.places) {
                if (verdicts[place] == Verdict.OTHER_AMOUNT) {
                    verdicts[place] =
                            Verdict.NOTHING; // Rows are missing, or the balance is not the one after each row.
                }
            }
        }
    }

    private Verdict verdict(Chain chain, int at, boolean isAscending) {
        var before = steps.get(chain.places.get(at - 1));
        var after = steps.get(chain.places.get(at));
        var amount = isAscending ? after.amount() : before.amount();
        var change = isAscending
                ? after.balance().subtract(before.balance())
                : before.balance().subtract(after.balance());
        if (change.compareTo(amount) == 0) {
            return Verdict.FITS;
        }
        return change.compareTo(amount.negate()) == 0 ? Verdict.OTHER_SIGN : Verdict.OTHER_AMOUNT;
    }

    private boolean isAscending(Chain chain) {
        var first = steps.get(chain.places.get(0)).on();
        var last = steps.get(chain.places.get(chain.places.size() - 1)).on();
        if (!first.equals(last)) {
            return first.isBefore(last);
        }
        return score(chain, true) >= score(chain, false);
    }

    private int score(Chain chain, boolean isAscending) {
        var score = 0;
        for (var at = 1; at < chain.places.size(); at++) {
            if (chain.isFollowing.get(at)) {
                var verdict = verdict(chain, at, isAscending);
                score += verdict == Verdict.FITS ? 1_000 : verdict == Verdict.OTHER_SIGN ? 1 : 0;
            }
        }
        return score;
    }

    /** Returns the row, or a review in its place if its balance or a fee leaves its amount uncertain. */
    StatementRow checked(int place, StatementRow row, BigDecimal fee) {
        if (!(row instanceof Booked booked)) {
            return row;
        }
        var verdict = verdicts[place];
        if (verdict == Verdict.OTHER_SIGN || verdict == Verdict.OTHER_AMOUNT) {
            return review(booked, ReviewReason.BALANCE, false);
        }
        var isIncoming = booked.transaction().amount().signum() > 0;
        if (isIncoming && verdict != Verdict.FITS && (isTurned || (isUnsigned && isContradicted))) {
            return review(booked, ReviewReason.DIRECTION, false);
        }
        return isIncoming && verdict != Verdict.FITS && fee.signum() != 0
                ? review(booked, ReviewReason.FEE, false)
                : row;
    }

    static Review review(Booked booked, ReviewReason reason, String detail) {
        var review = review(booked, reason, true);
        return new Review(
                review.line(), review.raw(), reason, BankTransaction.clean(detail, DETAIL_MAX), review.known());
    }

    static Review review(Booked booked, ReviewReason reason, boolean isAmountKnown) {
        var transaction = booked.transaction();
        return new Review(
                booked.line(),
                booked.raw(),
                reason,
                "",
                new Known(
                        transaction.account(),
                        transaction.bankReference(),
                        Optional.of(transaction.bookedOn()),
                        isAmountKnown ? Optional.of(transaction.amount()) : Optional.empty(),
                        isAmountKnown ? Optional.of(transaction.currency()) : Optional.empty(),
                        transaction.payer(),
                        transaction.iban(),
                        transaction.purpose()));
    }

    /** Compares the last balance of each group with the first plus all amounts booked since, if balances follow from amounts at all. */
    List<Check> check(List<StatementRow> judged) {
        var checks = new ArrayList<Check>();
        for (var chain : chains.values()) {
            if (chain.fitting > 0) {
                var oldest = chain.places.get(chain.isAscending ? 0 : chain.places.size() - 1);
                var newest = chain.places.get(chain.isAscending ? chain.places.size() - 1 : 0);
                var sum = steps.get(oldest).balance().subtract(steps.get(oldest).amount());
                var group = steps.get(oldest).group();
                var named = Optional.<BankTransaction>empty();
                for (var place : chain.places) {
                    if (judged.get(place) instanceof Booked booked
                            && steps.get(place).group().equals(group)) {
                        sum = sum.add(booked.transaction().amount());
                        named = Optional.of(booked.transaction());
                    }
                }
                if (named.isPresent()) {
                    checks.add(new Check(
                            Figure.RUNNING_BALANCE,
                            named.get().account(),
                            named.get().currency(),
                            steps.get(newest).balance(),
                            sum));
                }
            }
        }
        return checks;
    }
}
