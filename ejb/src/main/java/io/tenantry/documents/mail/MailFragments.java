package io.tenantry.documents.mail;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;

/**
 * Fragments shared by several emails. Names are separated by line breaks. A schedule has a line for each time: the hours until then and the
 * names, separated by tabs. A document is a line with its number, its total and its due date, if there is one, separated by tabs.
 */
final class MailFragments {
    /** Maximum number of names in an email; the page lists all of them. */
    private static final int NAMES_MAX = 20;

    private static final long HOURS_A_DAY = 24;

    private final ResourceBundle words;
    private final Locale locale;

    MailFragments(ResourceBundle words, Locale locale) {
        this.words = words;
        this.locale = locale;
    }

    /** Returns a sentence with a leading space; empty if the value is. */
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
