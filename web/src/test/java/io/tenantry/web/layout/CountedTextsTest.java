package io.tenantry.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts with a count are right for none, one and several; and their callers pass numbers, which a choice between forms needs. */
class CountedTextsTest {
    private static final Path PAGES = Path.of("src/main/webapp");
    private static final Path SOURCES = Path.of("src/main/java");

    private static final Pattern CHOICE = Pattern.compile("\\{(\\d),choice,((?:[^{}]|\\{\\d\\})*)\\}");

    /** A number before a word in the plural, with at most one word between. */
    private static final Map<String, Pattern> COUNTED = Map.of(
            TextFiles.ENGLISH,
            Pattern.compile("\\{\\d\\} (?!(?:\\w+ )?(?:is|its|has|was|this|as|changes the|needs|rejects|runs)\\b)"
                    + "(?:[a-z]+ )?[a-z]+[a-z&&[^su]]s\\b(?!/)"),
            TextFiles.GERMAN,
            Pattern.compile(
                    "\\{\\d\\} (?:(?!(?:je|an|ohne|keine|angekündigten|pro|beim|zum|aus|vom|inklusive) )\\p{Ll}+ )?"
                            + "(?:(?!Min|Position|Daten|Einkaufspreis)\\p{Lu}\\p{Ll}+(?:e|n|r|s)\\b(?!/)|würden )",
                    Pattern.UNICODE_CHARACTER_CLASS));

    /** Words before a number that is a limit, which is many. */
    private static final Pattern LIMIT = Pattern.compile(
            "(?:at most|up to|at least|more than|less than|limit of|1 to|0 to|already have"
                    + "|höchstens|mindestens|mehr als|weniger als|Limit von|1 bis|0 bis|bereits) $",
            Pattern.CASE_INSENSITIVE);

    /** Texts whose number is never one, or is not a count. */
    private static final Map<String, String> EXCEPTIONS = Map.of(
            "auditor.invariants.text", "the auditor has dozens of rules",
            "bank.file.full", "the number is a limit",
            "bank.problem.TOO_MANY", "the number is above 20,000",
            "currencies.text", "the argument is a currency",
            "health.connections", "the number is the size of a pool",
            "keys.days", "the numbers are choices from 30",
            "pricing.changes.more", "the number is above 200",
            "template.fault", "the numbers are limits",
            "tenants.exports.progress", "a tenant has dozens of tables");

    /** Texts whose key a page gets from a bean. */
    private static final Set<String> CALLED_INDIRECTLY = Set.of("table.rows", "table.rows.more");

    @ParameterizedTest
    @ValueSource(strings = {TextFiles.ENGLISH, TextFiles.GERMAN})
    void haveAFormForOne(String language) {
        var pattern = Objects.requireNonNull(COUNTED.get(language));
        var wrong = new TreeMap<String, String>();
        texts(language).forEach((key, text) -> {
            var plain = CHOICE.matcher(text).replaceAll("#");
            var found = pattern.matcher(plain);
            while (found.find()) {
                if (!LIMIT.matcher(plain.substring(0, found.start())).find() && !EXCEPTIONS.containsKey(key)) {
                    wrong.put(key, text);
                }
            }
        });
        assertThat(wrong).isEmpty();
    }

    /** Without a form for zero, a choice takes the first one, which is that for one. */
    @ParameterizedTest
    @ValueSource(strings = {TextFiles.ENGLISH, TextFiles.GERMAN})
    void choicesHaveFormsForNoneOneAndSeveral(String language) {
        var locale = language.equals(TextFiles.GERMAN) ? Locale.GERMAN : Locale.ENGLISH;
        var wrong = new TreeSet<String>();
        var checked = 0;
        for (var text : texts(language).entrySet()) {
            for (var choice : CHOICE.matcher(text.getValue()).results().toList()) {
                checked++;
                var format = new MessageFormat(choice.group(), locale);
                var argument = Integer.parseInt(choice.group(1));
                var one = format.format(arguments(argument, 1));
                var several = format.format(arguments(argument, 5));
                var many = format.format(arguments(argument, 1_234));
                if (!choice.group(2).matches("0#[^|]*\\|1#[^|]+\\|1<.+")
                        || one.equals(several)
                        || one.equals(format.format(arguments(argument, 0)))
                        || Stream.of(one, several, many).anyMatch(form -> form.contains("{"))) {
                    wrong.add(text.getKey() + " " + choice.group());
                }
            }
        }
        assertThat(checked).isGreaterThan(80);
        assertThat(wrong).isEmpty();
    }

    @Test
    void callersPassNumbers() {
        var choices = choices();
        var wrong = new TreeSet<String>();
        var checked = new TreeSet<String>();
        for (var call : Stream.concat(TextCalls.in(PAGES, ".xhtml"), TextCalls.in(SOURCES, ".java"))
                .toList()) {
            for (var key : choices.keySet()) {
                if (call.isOf(key)) {
                    checked.add(key);
                    Objects.requireNonNull(choices.get(key)).stream()
                            .filter(argument -> call.isText(argument))
                            .forEach(argument -> wrong.add(call.file() + " " + key + " {" + argument + "}"));
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(choices.keySet().stream().filter(key -> !checked.contains(key)))
                .as("texts whose calls are not recognized")
                .containsExactlyInAnyOrderElementsOf(CALLED_INDIRECTLY);
    }

    /** A wrong caller must not make a page unreadable. */
    @Test
    void acceptFormattedNumbersAndTexts() {
        var english = new Messages(Locale.ENGLISH);
        var text = "{0,choice,0#No server is|1#1 server is|1<{0} servers are} running; {0} of {1}";
        assertThat(english.filled(text, 1, "x")).isEqualTo("1 server is running; 1 of x");
        assertThat(english.filled(text, "0", "x")).isEqualTo("No server is running; 0 of x");
        assertThat(english.filled(text, "1", "x")).isEqualTo("1 server is running; 1 of x");
        assertThat(english.filled(text, "1,234", "x")).isEqualTo("1,234 servers are running; 1,234 of x");
        assertThat(new Messages(Locale.GERMAN).filled(text, "1.234", "x"))
                .isEqualTo("1.234 servers are running; 1.234 of x");
        assertThat(english.filled(text, "many", "x")).isEqualTo("many servers are running; many of x");
        assertThat(english.filled("{0,choice,0#0 runs|1#1 run|1<{0} runs|999<1000 or more runs}", "some", "x"))
                .isEqualTo("some runs");
    }

    /** The checks of callers would be worthless if they recognized nothing. */
    @Test
    void recognizeFormattedNumbers(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a.xhtml"), """
                #{format.text('a.b', format.number(x.y))} #{format.text('a.b', x.size())} #{format.text('a.c', 'x', staffPage.days)}
                """);
        Files.writeString(folder.resolve("A.java"), """
                void a(String count, int number) { format.text("a.b", count, number); format.text(is ? "a.c" : "a.d", String.valueOf(1)); }
                """);
        assertThat(TextCalls.in(folder, ".xhtml")
                        .map(call -> call.keys() + " " + call.isText(0) + " " + call.isText(1)))
                .containsExactly("[a.b] true false", "[a.b] false false", "[a.c] true true");
        assertThat(TextCalls.in(folder, ".java")
                        .map(call -> call.isOf("a.d") + " " + call.isText(0) + " " + call.isText(1)))
                .containsExactly("false true false", "true true false");
    }

    private static Object[] arguments(int argument, int number) {
        return IntStream.rangeClosed(0, argument)
                .mapToObj(index -> index == argument ? (Object) number : "x")
                .toArray();
    }

    /** Returns the arguments of each text that need a number in any language. */
    private static Map<String, Set<Integer>> choices() {
        var choices = new TreeMap<String, Set<Integer>>();
        Stream.of(TextFiles.ENGLISH, TextFiles.GERMAN)
                .forEach(language -> texts(language).forEach((key, text) -> {
                    var arguments = CHOICE.matcher(text)
                            .results()
                            .map(choice -> Integer.valueOf(choice.group(1)))
                            .collect(Collectors.toSet());
                    if (!arguments.isEmpty()) {
                        choices.computeIfAbsent(key, none -> new TreeSet<>()).addAll(arguments);
                    }
                }));
        return choices;
    }

    private static Map<String, String> texts(String language) {
        var all = TextFiles.texts(language);
        var texts = new TreeMap<String, String>();
        all.stringPropertyNames().forEach(key -> texts.put(key, all.getProperty(key)));
        return texts;
    }
}
