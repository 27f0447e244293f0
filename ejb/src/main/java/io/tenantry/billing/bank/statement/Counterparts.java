package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.Booked;
import io.tenantry.billing.bank.statement.StatementRow.Known;
import io.tenantry.billing.bank.statement.StatementRow.Review;
import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds money that came in and went out again: a payment and its return, chargeback, reversal or refund. Neither is conclusive alone, so both
 * are left to a person, who sees them together.
 */
public final class Counterparts {
    private static final Pattern NO_TOKEN = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}/._-]+");
    private static final Pattern ENDS = Pattern.compile("^[/._-]+|[/._-]+$");
    /** Days and times do not identify a payment, because many have the same. */
    private static final Pattern DAY = Pattern.compile(
            "(?:19|20)[0-9]{2}[/._-]?[0-9]{2}[/._-]?[0-9]{2}(?:T?[0-9.]*)|[0-9]{1,2}[/._-]?[0-9]{1,2}[/._-]?(?:19|20)[0-9]{2}|[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}");

    private static final Pattern CREDITOR = Pattern.compile("RF[0-9]{2}[0-9]{10}");
    private static final int TEXT_MIN = 5;
    private static final int TOKEN_MIN = 6;
    private static final int DIGITS_MIN = 4;

    private Counterparts() {}

    /** A possible half of such a pair. */
    private record Half(
            String account,
            String bankReference,
            BigDecimal amount,
            Currency currency,
            String payer,
            String iban,
            String purpose) {
        private static Optional<Half> of(StatementRow row) {
            if (row instanceof Booked booked) {
                var known = booked.transaction();
                return Optional.of(new Half(
                        known.account(),
                        known.bankReference(),
                        known.amount(),
                        known.currency(),
                        known.payer(),
                        known.iban(),
                        known.purpose()));
            }
            return row instanceof Review review ? of(review.known()) : Optional.empty();
        }

        private static Optional<Half> of(Known known) {
            return known.amount()
                    .flatMap(amount -> known.currency()
                            .map(currency -> new Half(
                                    known.account(),
                                    known.bankReference(),
                                    amount,
                                    currency,
                                    known.payer(),
                                    known.iban(),
                                    known.purpose())));
        }

        /** Returns the keys shared with the other half: for the same amount, anything that identifies the payment or the party. */
        private Set<String> keys() {
            var keys = new TreeSet<String>();
            var money = currency + " ";
            if (amount.signum() > 0 || isReturn(purpose)) { // Because of fees, the returned amount may differ.
                references(purpose).forEach(reference -> keys.add(money + reference));
                add(keys, money + "return iban ", iban.equals(account) ? "" : iban);
                add(keys, money + "return payer ", name(payer));
            }
            var same = money + amount.abs().stripTrailingZeros().toPlainString() + " ";
            add(keys, same + "bank ", bankReference);
            add(keys, same + "iban ", iban.equals(account) ? "" : iban);
            add(keys, same + "payer ", name(payer));
            add(
                    keys,
                    same + "text ",
                    DoubtfulTerms.fold(purpose).length() < TEXT_MIN ? "" : DoubtfulTerms.fold(purpose));
            identifiers(purpose).forEach(token -> keys.add(same + "id " + token));
            if (isReturnOfAnybody()) {
                keys.add(same + "return");
            }
            return keys;
        }

        /** Returns the keys shared with other parts of the same payment, regardless of their amounts. */
        private Set<String> groups() {
            var groups = new TreeSet<String>();
            references(purpose).forEach(reference -> groups.add(currency + " " + reference));
            add(groups, currency + " iban ", iban.equals(account) ? "" : iban);
            return groups;
        }

        /** Whether it is a return that does not state whose payment it returns. */
        private boolean isReturnOfAnybody() {
            return amount.signum() < 0 && payer.isEmpty() && iban.isEmpty() && isReturn(purpose);
        }

        private static void add(Set<String> keys, String kind, String value) {
            if (!value.isEmpty()) {
                keys.add(kind + value);
            }
        }
    }

    /** Replaces both halves of each pair by a review that names the row of the other. */
    static void review(List<StatementRow> rows) {
        var in = new HashMap<String, Integer>();
        var out = new HashMap<String, Integer>();
        var keys = new ArrayList<Set<String>>();
        for (var row : rows) {
            var half = Half.of(row);
            var own = half.map(Half::keys).orElse(Set.of());
            keys.add(own);
            half.ifPresent(
                    known -> own.forEach(key -> (known.amount().signum() > 0 ? in : out).putIfAbsent(key, row.line())));
        }
        returnsOfAnybody(rows, keys, in, out);
        returnsInParts(rows, keys, in, out);
        for (var place = 0; place < rows.size(); place++) {
            if (rows.get(place) instanceof Booked booked) {
                var others = booked.transaction().amount().signum() > 0 ? out : in;
                var other = other(keys.get(place), others);
                if (other.isPresent()) {
                    rows.set(
                            place,
                            RunningBalance.review(booked, ReviewReason.COUNTERPART, Integer.toString(other.get())));
                }
            }
        }
    }

    private static Optional<Integer> other(Set<String> keys, Map<String, Integer> others) {
        return keys.stream().filter(others::containsKey).map(others::get).min(Integer::compare);
    }

    /** A return that names no party, and whose payment cannot be identified otherwise, may be that of any payment of its amount. */
    private static void returnsOfAnybody(
            List<StatementRow> rows, List<Set<String>> keys, Map<String, Integer> in, Map<String, Integer> out) {
        for (var place = 0; place < rows.size(); place++) {
            var open = keys.get(place).stream()
                    .filter(key -> key.endsWith(" return"))
                    .findFirst();
            if (open.isPresent() && other(keys.get(place), in).isPresent()) {
                out.remove(open.get());
            }
        }
        for (var place = 0; place < rows.size(); place++) {
            var half = Half.of(rows.get(place)).filter(known -> known.amount().signum() > 0);
            if (half.isPresent()) {
                var key = half.get().currency() + " "
                        + half.get().amount().stripTrailingZeros().toPlainString() + " return";
                if (out.containsKey(key)) {
                    var own = new TreeSet<>(keys.get(place));
                    own.add(key);
                    keys.set(place, own);
                    in.putIfAbsent(key, rows.get(place).line());
                }
            }
        }
    }

    /** Handles returns in several parts that add up to a payment, or to all payments of a party or a reference. */
    private static void returnsInParts(
            List<StatementRow> rows, List<Set<String>> keys, Map<String, Integer> in, Map<String, Integer> out) {
        var groups = new TreeMap<String, List<Integer>>();
        for (var place = 0; place < rows.size(); place++) {
            var at = place;
            Half.of(rows.get(place))
                    .ifPresent(half -> half.groups()
                            .forEach(group -> groups.computeIfAbsent(group, none -> new ArrayList<>())
                                    .add(at)));
        }
        groups.forEach((group, places) -> {
            var amounts = places.stream()
                    .map(place -> Half.of(rows.get(place)).orElseThrow().amount())
                    .toList();
            var back = sum(amounts, -1).negate();
            var isBack = back.signum() > 0
                    && (back.compareTo(sum(amounts, 1)) == 0
                            || amounts.stream().anyMatch(amount -> amount.compareTo(back) == 0));
            if (isBack) {
                for (var place : places) {
                    var own = new TreeSet<>(keys.get(place));
                    own.add("parts " + group);
                    keys.set(place, own);
                    var isIn = Half.of(rows.get(place)).orElseThrow().amount().signum() > 0;
                    (isIn ? in : out)
                            .putIfAbsent("parts " + group, rows.get(place).line());
                }
            }
        });
    }

    private static BigDecimal sum(List<BigDecimal> amounts, int sign) {
        return amounts.stream().filter(amount -> amount.signum() == sign).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Sorts the words of a name, because banks write first and last names in either order. */
    public static String sorted(String name) {
        var words = DoubtfulTerms.fold(name).split(" ", -1);
        Arrays.sort(words);
        return String.join("", words);
    }

    /** Returns a name with its words sorted; empty if it is too short to identify a party. */
    private static String name(String name) {
        var sorted = sorted(name);
        return sorted.length() < TEXT_MIN ? "" : sorted;
    }

    /** Whether a text states that a payment is returned. */
    public static boolean isReturn(String text) {
        return ReturnVocabulary.says(text) || StatusVocabulary.startsReversal(DoubtfulTerms.fold(text));
    }

    /** Returns the creditor references in a text, regardless of grouping and of whether their check digits are correct. */
    public static Set<String> references(String text) {
        var found = new TreeSet<String>();
        var packed = NO_TOKEN.matcher(text.toUpperCase(Locale.ROOT)).replaceAll("");
        for (var each = CREDITOR.matcher(packed); each.find(); ) {
            found.add(each.group());
        }
        return found;
    }

    /** Returns the words of a text that identify one thing, such as an invoice number or an end-to-end reference. */
    public static Set<String> identifiers(String text) {
        var found = new TreeSet<String>();
        for (var word : BETWEEN_WORDS.split(text.toUpperCase(Locale.ROOT), -1)) {
            var token = ENDS.matcher(word).replaceAll("");
            var digits = token.chars().filter(Character::isDigit).count();
            if (token.length() >= TOKEN_MIN
                    && digits >= DIGITS_MIN
                    && !DAY.matcher(token).matches()) {
                found.add(token);
            }
        }
        return found;
    }
}
