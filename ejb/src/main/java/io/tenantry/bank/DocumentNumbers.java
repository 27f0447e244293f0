package io.tenantry.bank;

import io.tenantry.bank.PaymentMatcher.Payment;
import io.tenantry.tenancy.Sql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Numbers of final documents in the words of payments, however they are spaced. */
final class DocumentNumbers {
    private static final String CONTAINED = """
            select distinct t.place, i.organization_id, i.number_text
              from unnest(cast(? as text[])) with ordinality t (words, place)
              join invoice i on i.state = 'FINAL' and t.words <> ''
                            and strpos(translate(upper(t.words), ' ', ''), translate(upper(i.number_text), ' ', '')) > 0
            """;

    private DocumentNumbers() {}

    private record Contained(int place, UUID organizationId, String number) {}

    private record Span(int start, int end, UUID organizationId) {
        boolean isWithin(Span other) {
            return other.start <= start && end <= other.end && other.end - other.start > end - start;
        }
    }

    /** Whose documents each payment names, by the payments' places in the list. */
    static Map<Integer, Set<UUID>> customers(Sql sql, List<Payment> payments) {
        var spans = new HashMap<Integer, List<Span>>();
        sql.query(
                        CONTAINED,
                        row -> new Contained(
                                (int) row.big("place") - 1, row.uuid("organization_id"), row.text("number_text")),
                        (Object) payments.stream().map(Payment::words).toArray(String[]::new))
                .forEach(one -> spans.computeIfAbsent(one.place(), place -> new ArrayList<>())
                        .addAll(spans(payments.get(one.place()).words(), one)));
        var found = new HashMap<Integer, Set<UUID>>();
        spans.forEach((place, all) -> found.put(
                place,
                all.stream()
                        .filter(span -> all.stream().noneMatch(span::isWithin))
                        .map(Span::organizationId)
                        .collect(Collectors.toCollection(HashSet::new))));
        return found;
    }

    /** Where the number stands on its own: not within a longer number. */
    private static List<Span> spans(String words, Contained one) {
        var signs = one.number()
                .toUpperCase(Locale.ROOT)
                .replace(" ", "")
                .codePoints()
                .mapToObj(sign -> Pattern.quote(Character.toString(sign)))
                .collect(Collectors.joining(" *"));
        var isNumeric = Character.isDigit(one.number().charAt(0));
        var pattern = Pattern.compile((isNumeric ? "(?<![0-9])" : "") + signs + "(?![0-9])");
        var found = new ArrayList<Span>();
        for (var each = pattern.matcher(words.toUpperCase(Locale.ROOT)); each.find(); ) {
            found.add(new Span(each.start(), each.end(), one.organizationId()));
        }
        return found;
    }
}
