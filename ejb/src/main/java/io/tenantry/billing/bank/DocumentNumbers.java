package io.tenantry.billing.bank;

import io.tenantry.billing.bank.PaymentMatcher.Payment;
import io.tenantry.tenancy.Sql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds numbers of final documents in payment texts, regardless of spacing. Only texts that look like a number of some series are looked up, so
 * the cost hardly depends on the number of documents.
 */
final class DocumentNumbers {
    private static final int DIGITS_MAX = 18;

    /**
     * Style of the numbers of a series.
     *
     * @param start the characters before the digits, in upper case and without blanks; {@code end} are those after them
     */
    private record NumberStyle(String prefix, String start, int digits, String suffix, String end) {
        private static NumberStyle of(String prefix, int digits, String suffix) {
            return new NumberStyle(prefix, packed(prefix), digits, suffix, packed(suffix));
        }

        private boolean isNumeric() {
            return start.isEmpty() || isDigit(start.charAt(0));
        }
    }

    /** Position of a number in a payment text. */
    private record NumberPosition(int start, int end, String number) {
        boolean isWithin(NumberPosition other) {
            return other.start <= start && end <= other.end && other.end - other.start > end - start;
        }
    }

    private final List<NumberStyle> looks;

    private DocumentNumbers(List<NumberStyle> looks) {
        this.looks = looks;
    }

    /** Returns the owners of the documents that each payment names, by the payment's index in the list. */
    static Map<Integer, Set<UUID>> customers(Sql sql, List<Payment> payments) {
        var numbers = new DocumentNumbers(sql.query(
                "select distinct prefix, digits, suffix from invoice_number_sequence",
                row -> NumberStyle.of(row.text("prefix"), row.whole("digits"), row.text("suffix"))));
        var spans = payments.stream()
                .map(payment -> numbers.spans(payment.words().toUpperCase(Locale.ROOT)))
                .toList();
        var owners = owners(sql, spans.stream().flatMap(List::stream));
        var found = new HashMap<Integer, Set<UUID>>();
        for (var place = 0; place < payments.size(); place++) {
            var all = spans.get(place).stream()
                    .filter(numberPosition -> owners.containsKey(numberPosition.number()))
                    .toList();
            if (!all.isEmpty()) {
                found.put(
                        place,
                        all.stream()
                                .filter(numberPosition -> all.stream().noneMatch(numberPosition::isWithin))
                                .map(numberPosition -> owners.get(numberPosition.number()))
                                .collect(Collectors.toCollection(HashSet::new)));
            }
        }
        return found;
    }

    private static Map<String, UUID> owners(Sql sql, Stream<NumberPosition> spans) {
        var numbers = spans.map(NumberPosition::number).distinct().toArray(String[]::new);
        return numbers.length == 0
                ? Map.of()
                : sql
                        .query(
                                "select number_text, organization_id from invoice where state = 'FINAL' and number_text = any (?)",
                                row -> Map.entry(row.text("number_text"), row.uuid("organization_id")),
                                (Object) numbers)
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Returns possible numbers that stand alone, not within a longer number. */
    private List<NumberPosition> spans(String words) {
        var text = words.replace(" ", "");
        var places = IntStream.range(0, words.length())
                .filter(place -> words.charAt(place) != ' ')
                .toArray();
        var found = new ArrayList<NumberPosition>();
        for (var numberStyle : looks) {
            for (var from = text.indexOf(numberStyle.start());
                    from >= 0 && from < text.length();
                    from = text.indexOf(numberStyle.start(), from + 1)) {
                var start = places[from];
                if (!numberStyle.isNumeric() || start == 0 || !isDigit(words.charAt(start - 1))) {
                    for (var end : ends(text, from + numberStyle.start().length(), numberStyle)) {
                        var behind = places[end + numberStyle.end().length() - 1] + 1;
                        if (behind == words.length() || !isDigit(words.charAt(behind))) {
                            var digits =
                                    text.substring(from + numberStyle.start().length(), end);
                            found.add(new NumberPosition(
                                    start, behind, numberStyle.prefix() + digits + numberStyle.suffix()));
                        }
                    }
                }
            }
        }
        return found;
    }

    /** Returns the positions where the digits of a number may end, because blanks do not show whether it continues. */
    private static List<Integer> ends(String text, int from, NumberStyle numberStyle) {
        var ends = new ArrayList<Integer>();
        for (var end = from; end < text.length() && end - from < DIGITS_MAX && isDigit(text.charAt(end)); ) {
            end++;
            if (end - from >= numberStyle.digits() && text.startsWith(numberStyle.end(), end)) {
                ends.add(end);
            }
        }
        return ends;
    }

    private static String packed(String text) {
        return text.toUpperCase(Locale.ROOT).replace(" ", "");
    }

    private static boolean isDigit(char sign) {
        return sign >= '0' && sign <= '9';
    }
}
