package io.tenantry.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Texts with a count are right for one. A word that any text writes differently for one and for several must not follow a bare number in another
 * text.
 */
class CountedTextsTest {
    private static final Pattern CHOICE = Pattern.compile("\\{\\d,choice,(?:[^{}]|\\{\\d\\})*\\}");
    private static final Pattern SEVERAL = Pattern.compile("<[^|]*?\\{\\d\\} (\\w+)", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern BARE = Pattern.compile("\\{\\d\\} (\\w+)", Pattern.UNICODE_CHARACTER_CLASS);

    /** Plurals, and verbs that only follow counts. */
    private static final Map<String, Pattern> PLURALS = Map.of(
            TextFiles.ENGLISH,
            Pattern.compile("(?!is$|has$)[a-z]+s"),
            TextFiles.GERMAN,
            Pattern.compile("\\p{Lu}\\w+|w[uü]rden|werden", Pattern.UNICODE_CHARACTER_CLASS));

    /** Texts whose number is a fixed limit or choice, or follows from one, and never one; or whose argument is a name. */
    private static final Set<String> NEVER_ONE = Set.of(
            "bank.problem.TOO_MANY",
            "csv.cut",
            "keys.days",
            "order.region.text",
            "pricing.fault.too-many",
            "ssh.fault.many",
            "template.days.fault",
            "template.fault");

    @ParameterizedTest
    @ValueSource(strings = {TextFiles.ENGLISH, TextFiles.GERMAN})
    void areRightForOne(String language) {
        var texts = texts(language);
        var counted = new TreeSet<String>();
        texts.values()
                .forEach(text -> CHOICE.matcher(text)
                        .results()
                        .map(MatchResult::group)
                        .flatMap(choice -> SEVERAL.matcher(choice).results())
                        .map(found -> found.group(1))
                        .filter(Objects.requireNonNull(PLURALS.get(language)).asMatchPredicate())
                        .forEach(counted::add));
        assertThat(counted).hasSizeGreaterThan(20);
        var wrong = new TreeMap<String, String>();
        texts.forEach((key, text) -> BARE.matcher(CHOICE.matcher(text).replaceAll(""))
                .results()
                .filter(found -> counted.contains(found.group(1)))
                .filter(found -> !NEVER_ONE.contains(key))
                .forEach(found -> wrong.put(key, text)));
        assertThat(wrong).isEmpty();
    }

    private static Map<String, String> texts(String language) {
        var all = TextFiles.texts(language);
        var texts = new TreeMap<String, String>();
        all.stringPropertyNames().forEach(key -> texts.put(key, all.getProperty(key)));
        return texts;
    }
}
