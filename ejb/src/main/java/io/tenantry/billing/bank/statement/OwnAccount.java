package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.Booked;
import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The reseller's own accounts, as far as they are known. One in place of the payer's is an internal movement, or a column that names it in each
 * row.
 */
final class OwnAccount {
    /** Shorter numbers may be part of any other. */
    private static final int DIGITS_MIN = 6;

    private static final Pattern NO_SIGN = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern ZEROS = Pattern.compile("^0+");

    private final Set<String> known;
    /** The outcome for each account asked about; a file has many rows of few accounts. */
    private final Map<String, Boolean> asked = new HashMap<>();

    OwnAccount(Collection<String> known) {
        this.known = known.stream()
                .map(OwnAccount::packed)
                .filter(account -> account.chars().anyMatch(Character::isDigit))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether it is one of the known accounts, as an IBAN or as the account number within it. */
    boolean is(String account) {
        return asked.computeIfAbsent(
                packed(account),
                one -> known.contains(one) || known.stream().anyMatch(own -> isWithin(one, own) || isWithin(own, one)));
    }

    private static boolean isWithin(String number, String iban) {
        var digits = ZEROS.matcher(number).replaceFirst("");
        return digits.length() >= DIGITS_MIN
                && digits.chars().allMatch(sign -> sign >= '0' && sign <= '9')
                && Preamble.isIban(iban)
                && iban.substring(4).contains(digits);
    }

    /**
     * Removes the account if every row names one of the reseller's; if only some rows do, the incoming ones among them are reviewed, and a
     * column whose name leaves open whose account it is is no evidence of the payer's.
     */
    void review(List<StatementRow> judged, boolean isUncertain) {
        var named = judged.stream()
                .filter(row -> row instanceof Booked booked
                        && !booked.transaction().iban().isEmpty())
                .toList();
        var isColumn = named.stream().allMatch(this::isOwn);
        var isAny = named.stream().anyMatch(this::isOwn);
        judged.replaceAll(row -> {
            if (!(row instanceof Booked booked)) {
                return row;
            }
            if (!isOwn(row)) {
                return isAny && isUncertain ? booked.with(booked.transaction().withoutParty()) : row;
            }
            var isIn = booked.transaction().amount().signum() > 0;
            var without = booked.with(booked.transaction().withoutParty());
            return isColumn || !isIn ? without : RunningBalance.review(without, ReviewReason.INTERNAL, true);
        });
    }

    private boolean isOwn(StatementRow row) {
        if (!(row instanceof Booked booked) || booked.transaction().iban().isEmpty()) {
            return false;
        }
        var party = booked.transaction().iban();
        return is(party)
                || (Preamble.isIban(packed(party))
                        && packed(party).equals(packed(booked.transaction().account())));
    }

    /** Returns an account without blanks and punctuation. */
    static String packed(String account) {
        return NO_SIGN.matcher(account).replaceAll("").toUpperCase(Locale.ROOT);
    }
}
