package io.tenantry.web.search;

import io.tenantry.web.layout.Messages;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What pages are called: by their titles in all languages, whichever one reads, and by the words that people type for them ({@code synonyms.properties},
 * under the page's address).
 */
final class Names {
    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);
    private static final ResourceBundle SYNONYMS =
            ResourceBundle.getBundle("io.tenantry.web.search.synonyms", Locale.ROOT);

    private Names() {}

    /**
     * All of a page's names.
     *
     * @param label the key of its title
     * @param path its address
     */
    static String of(String label, String path) {
        return Stream.concat(LANGUAGES.stream().map(language -> new Messages(language).text(label)), synonyms(path))
                .collect(Collectors.joining(" "));
    }

    /** Whether each word that was typed begins a word of these names. */
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
