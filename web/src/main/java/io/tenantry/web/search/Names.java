package io.tenantry.web.search;

import io.tenantry.web.layout.Messages;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The searchable names of pages: their titles in all languages, regardless of the reader's, and synonyms that people type
 * ({@code synonyms.properties}, under the page's address).
 */
final class Names {
    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);
    private static final ResourceBundle SYNONYMS =
            ResourceBundle.getBundle("io.tenantry.web.search.synonyms", Locale.ROOT);

    private Names() {}

    /**
     * Returns all names of a page.
     *
     * @param label the message key of its title
     * @param path its address
     */
    static String of(String label, String path) {
        return Stream.concat(LANGUAGES.stream().map(language -> new Messages(language).text(label)), synonyms(path))
                .collect(Collectors.joining(" "));
    }

    /** Returns whether each typed word is the start of a word of these names. */
    static boolean begin(String names, String text) {
        var all = " " + words(names);
        return Stream.of(words(text).split(" "))
                .filter(word -> !word.isEmpty())
                .allMatch(word -> all.contains(" " + word));
    }

    private static String words(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }

    private static Stream<String> synonyms(String path) {
        return SYNONYMS.containsKey(path) ? Stream.of(SYNONYMS.getString(path)) : Stream.empty();
    }
}
