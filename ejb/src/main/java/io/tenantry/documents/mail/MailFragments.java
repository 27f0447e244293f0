package io.tenantry.documents.mail;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;

/**
 * What several letters say alike. Names stand each on a line. When something happens to whom is a line for each time: the hours until then and
 * the names, with tabs between. A document is a line of its number, its total and the day by which it is to be paid, if it names one, with tabs between.
 */
final class MailFragments {
    /** Nobody reads more names in a letter; the page has all of them. */
    private static final int NAMES_MAX = 20;

    private static final long HOURS_A_DAY = 24;

    private final ResourceBundle words;
    private final Locale locale;

    MailFragments(ResourceBundle words, Locale locale) {
        this.words = words;
        this.locale = locale;
    }

    /** A sentence of its own, with a space before it; nothing of nothing. */
    String of(String key, String fact) {
        return fact.isEmpty() ? "" : " " + word(key, fact);
    }

    String names(String lines) {
        return names(lines.lines().toList());
    }

    private String names(List<String> names) {
        var read = names.stream().limit(NAMES_MAX).collect(Collectors.joining(", "));
        return names.size() > NAMES_MAX ? word("more-names", read, names.size() - NAMES_MAX) : read;
    }

    String documents(String lines) {
        return lines.lines().map(line -> document(List.of(line.split("\t")))).collect(Collectors.joining("; "));
    }

    private String document(List<String> parts) {
        return word(parts.size() > 2 ? "open-document.due" : "open-document", parts.toArray());
    }

    String turns(String lines) {
        return lines.lines().map(line -> turn(line.split("\t"))).collect(Collectors.joining("; "));
    }

    private String turn(String... parts) {
        return word(
                "turn",
                Long.parseLong(parts[0]) / HOURS_A_DAY,
                names(Arrays.asList(parts).subList(1, parts.length)));
    }

    private String word(String key, Object... facts) {
        return new MessageFormat(words.getString(key), locale).format(facts);
    }
}
