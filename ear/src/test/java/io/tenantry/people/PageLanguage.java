package io.tenantry.people;

import com.microsoft.playwright.Page;
import io.tenantry.web.layout.PageTexts;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds English texts on a German page: texts of the English bundles that differ in German, with or without placeholders filled in, in text
 * nodes and accessible names. Parts marked as English, code, and user input are excluded.
 */
final class PageLanguage {
    private static final Path TEXTS = Path.of("../web/src/main/resources/io/tenantry/web/texts");

    private static final List<Path> BUNDLES = List.of(
            Path.of("../web/src/main/resources/io/tenantry/web/faces"),
            Path.of("../ejb/src/main/resources/io/tenantry/billing/invoicing/reasons"));

    /** A shorter part of a text may be a name, or part of another one. */
    private static final int PIECE_LEAST = 16;

    private static final String ENGLISH = """
            ([whole, pieces]) => {
              const known = window.wholeTexts ??= new Set(whole);
              const left = it => it?.closest('[lang=en], code, pre, script, style, template, textarea, option, .prose');
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              const texts = [];
              while (walker.nextNode()) {
                if (!left(walker.currentNode.parentElement)) {
                  texts.push(walker.currentNode.data);
                }
              }
              for (const name of ['title', 'aria-label', 'placeholder', 'alt', 'data-none']) {
                document.querySelectorAll(`[${name}]`).forEach(it => left(it) || texts.push(it.getAttribute(name)));
              }
              texts.push(document.title.split(' · ')[0]);
              const said = new Set(texts.map(text => text.replace(/\\s+/g, ' ').trim()).filter(text => text.length > 3));
              return [...said].filter(text => known.has(text) || pieces.some(piece => text.includes(piece))).slice(0, 5);
            }
            """;

    private final List<String> whole;
    private final List<String> pieces;

    private PageLanguage(Set<String> whole, Set<String> pieces) {
        this.whole = List.copyOf(whole);
        this.pieces = List.copyOf(pieces);
    }

    /** The texts of each district, and of the others. */
    private static List<Path> bundles() {
        var bundles = new ArrayList<>(BUNDLES);
        PageTexts.DISTRICTS.forEach(district -> bundles.add(TEXTS.resolve(district)));
        return bundles;
    }

    /** Uses the existing bundles. */
    static PageLanguage german() {
        var whole = new TreeSet<String>();
        var pieces = new TreeSet<String>();
        for (var bundle : bundles()) {
            var english = read(Path.of(bundle + ".properties"));
            var german = read(Path.of(bundle + "_de.properties"));
            var same = new HashSet<>(german.values());
            english.values().stream()
                    .filter(text -> text.contains(" ") && !same.contains(text))
                    .forEach(text -> (text.contains("{") ? pieces : whole).add(text));
            english.values().stream()
                    .filter(text -> text.length() > 3 && !text.contains(" ") && !text.contains("{"))
                    .filter(text -> !same.contains(text) && isUntranslatedOnlyInEnglish(text, german))
                    .forEach(whole::add);
        }
        return new PageLanguage(whole, literals(pieces));
    }

    /** A word that German uses too, within a longer text, is not counted. */
    private static boolean isUntranslatedOnlyInEnglish(String word, Map<String, String> german) {
        return german.values().stream()
                .noneMatch(text -> Arrays.asList(text.split("[^\\p{L}]+")).contains(word));
    }

    private static Set<String> literals(Set<String> texts) {
        return texts.stream()
                .flatMap(text -> Arrays.stream(text.replace("''", "’").split("\\{[^{}]*\\}|[{}|#<]")))
                .map(String::strip)
                .filter(piece -> piece.length() >= PIECE_LEAST && piece.contains(" "))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> read(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            var texts = new Properties();
            texts.load(reader);
            return texts.stringPropertyNames().stream().collect(Collectors.toMap(key -> key, texts::getProperty));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Returns the English texts of a page whose language is German. */
    List<String> english(Page page, PageVariant pageVariant) {
        return pageVariant.language().equals("de")
                ? ((List<?>) page.evaluate(ENGLISH, List.of(whole, pieces)))
                        .stream().map(text -> "says in English: " + text).toList()
                : List.of();
    }
}
