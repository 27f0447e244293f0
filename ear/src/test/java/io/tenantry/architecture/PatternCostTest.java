package io.tenantry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * No text makes a regular expression slow: the number of characters that a search reads grows with the length of the text, not with its square. Each
 * expression is applied to repetitions of its own literals. The length of some texts is limited before; these are listed with the limit.
 */
@Tag("full")
class PatternCostTest {
    private static final Path ROOT = Path.of("..");
    private static final List<String> MODULES = List.of("tenants", "ejb", "batch", "web");

    /** Characters of short texts that match a class or an end of expressions. */
    private static final List<String> COMMON = List.of(" ", "a", "0", "-", ".", ";", "\"", "\\", "\n", ",", "=", "A");

    private static final int WORDS_MAX = 8;
    private static final int LENGTH = 1_200;

    private static final int LONG = 16_000;

    /** A quarter of what threads of the server have. */
    private static final long SMALL_STACK = 256 * 1024;

    private static final Pattern REPEATED_GROUP = Pattern.compile("\\)(?:[*+]|\\{\\d*,\\d*})");

    /** The growth of a linear search is 2, of a quadratic one 4. */
    private static final double GROWTH_MAX = 3;

    /** The number of reads after which a search is stopped. */
    private static final long READS_LIMIT = 2_000_000;

    /** The number of reads for each character above which growth is checked. */
    private static final long READS_MAX = 24;

    /** Expressions for texts of limited length, or used in a way that this test does not recognize. */
    private static final Map<String, String> SHORT_TEXTS = Map.of(
            "Amounts.SHAPE", "60 characters",
            "Dates.TIME", "60 characters",
            "HeaderName.LAST", "the name of a column, which is cut",
            "RowLabels.TAIL", "80 characters",
            "ScriptTemplate.ENCODED", "matched at the beginning of a script only",
            "ServiceKinds.PAYPAL_PAYMENTS", "matched against whole cells",
            "StatementFiles.MT940", "the first 4,096 bytes of a file",
            "SvgEntities.ENTITY", "matched at the current position only",
            "SvgStyles.RULE", "matched at the current position only");

    private static final Pattern OPERATION = Pattern.compile(
            "\\.(matches|lookingAt|asMatchPredicate|find|results|replaceAll|replaceFirst|split|splitAsStream)\\(");
    private static final Set<String> COMPARING = Set.of("matches", "lookingAt", "asMatchPredicate");

    @Test
    void searchesAreLinear() {
        var slow = new TreeMap<String, String>();
        for (var type : types()) {
            for (var expression : expressions(type).entrySet()) {
                if (!SHORT_TEXTS.containsKey(expression.getKey())) {
                    worst(expression.getValue()).ifPresent(text -> slow.put(expression.getKey(), text));
                }
            }
        }
        assertThat(slow).isEmpty();
    }

    private static List<Class<?>> types() {
        var types = new ArrayList<Class<?>>();
        for (var module : MODULES) {
            var folder = ROOT.resolve(module).resolve("target/classes");
            try (var files = Files.walk(folder)) {
                for (var file :
                        files.filter(path -> path.toString().endsWith(".class")).toList()) {
                    var name =
                            folder.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", "");
                    if (!name.endsWith("-info")) {
                        type(name).ifPresent(types::add);
                    }
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return types;
    }

    private static Optional<Class<?>> type(String name) {
        try {
            return Optional.of(Class.forName(name, false, PatternCostTest.class.getClassLoader()));
        } catch (ClassNotFoundException | LinkageError provided) {
            return Optional.empty();
        }
    }

    private static Map<String, Expression> expressions(Class<?> type) {
        var expressions = new TreeMap<String, Expression>();
        Field[] fields;
        try {
            fields = type.getDeclaredFields();
        } catch (LinkageError provided) {
            return expressions;
        }
        for (var field : fields) {
            if (Modifier.isStatic(field.getModifiers())) {
                var index = 0;
                for (var pattern : patterns(field)) {
                    expressions.put(
                            type.getSimpleName() + "." + field.getName() + (index++ == 0 ? "" : "#" + index),
                            new Expression(pattern, isSearched(field)));
                }
            }
        }
        return expressions;
    }

    /** Whether an expression is looked for within texts; false if each of its uses compares it with a whole text. */
    private static boolean isSearched(Field field) {
        var file = field.getDeclaringClass().getName().replaceFirst("\\$.*", "").replace('.', '/') + ".java";
        for (var module : MODULES) {
            var source = ROOT.resolve(module).resolve("src/main/java").resolve(file);
            if (Files.exists(source)) {
                return isSearched(field, withoutSpace(source));
            }
        }
        return true;
    }

    private static String withoutSpace(Path source) {
        try {
            return Files.readString(source).replaceAll("\\s+", " ").replace(" .", ".");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean isSearched(Field field, String source) {
        if (field.getType() != Pattern.class) {
            return true;
        }
        var uses = Pattern.compile("(?:(\\w+) = )?(?<!Pattern )\\b" + field.getName() + "\\b(?! =)([^;]*)")
                .matcher(source)
                .results()
                .toList();
        return uses.isEmpty() || uses.stream().anyMatch(use -> !isWhole(use, source));
    }

    /** Whether a use only compares: at once, or by the matcher that it assigns. */
    private static boolean isWhole(MatchResult use, String source) {
        var operations = operations(use.group(2));
        if (operations.isEmpty() && use.group(1) != null) {
            operations = Pattern.compile("\\b" + use.group(1) + "\\.[^;]*")
                    .matcher(source)
                    .results()
                    .flatMap(call -> operations(call.group()).stream().limit(1))
                    .toList();
        } else if (!operations.isEmpty()) {
            operations = operations.subList(0, 1);
        }
        return !operations.isEmpty() && COMPARING.containsAll(operations);
    }

    private static List<String> operations(String calls) {
        return OPERATION.matcher(calls).results().map(call -> call.group(1)).toList();
    }

    /**
     * An expression.
     *
     * @param isSearched whether it is looked for within texts
     */
    private record Expression(Pattern pattern, boolean isSearched) {}

    private static List<Pattern> patterns(Field field) {
        var type = field.getType();
        if (type != Pattern.class && !Map.class.isAssignableFrom(type) && !Collection.class.isAssignableFrom(type)) {
            return List.of();
        }
        try {
            field.setAccessible(true);
            return patterns(field.get(null)).toList();
        } catch (ReflectiveOperationException | RuntimeException | LinkageError unavailable) {
            return List.of();
        }
    }

    private static Stream<Pattern> patterns(@Nullable Object value) {
        if (value instanceof Pattern pattern) {
            return Stream.of(pattern);
        }
        if (value instanceof Map<?, ?> map) {
            return Stream.concat(map.keySet().stream(), map.values().stream()).flatMap(PatternCostTest::patterns);
        }
        return value instanceof Collection<?> all ? all.stream().flatMap(PatternCostTest::patterns) : Stream.empty();
    }

    private static Optional<String> worst(Expression pattern) {
        for (var text : texts(words(pattern.pattern()))) {
            if (isSlow(pattern, text)) {
                return Optional.of(text.apply("~").replace("\n", "\\n"));
            }
        }
        return Optional.empty();
    }

    /** A repeated group takes a frame of the stack for each repetition. */
    @Test
    void searchesNeedLittleStack() throws Exception {
        var deep = new TreeMap<String, String>();
        var thread = new Thread(null, () -> findDeep(deep), "small stack", SMALL_STACK);
        thread.start();
        thread.join();
        assertThat(deep).isEmpty();
    }

    private static void findDeep(Map<String, String> deep) {
        for (var type : types()) {
            for (var expression : expressions(type).entrySet()) {
                if (!SHORT_TEXTS.containsKey(expression.getKey())) {
                    deepest(expression.getValue()).ifPresent(text -> deep.put(expression.getKey(), text));
                }
            }
        }
    }

    private static Optional<String> deepest(Expression expression) {
        if (!REPEATED_GROUP.matcher(expression.pattern().pattern()).find()) {
            return Optional.empty();
        }
        return texts(words(expression.pattern())).stream()
                .filter(text -> isDeep(expression, text))
                .findFirst()
                .map(text -> text.apply("~"));
    }

    private static boolean isDeep(Expression expression, UnaryOperator<String> text) {
        try {
            return reads(expression, text.apply("3")) < 0;
        } catch (Endless slow) {
            return false;
        } catch (StackOverflowError tooDeep) {
            return true;
        }
    }

    private static boolean isSlow(Expression pattern, UnaryOperator<String> text) {
        try {
            var once = reads(pattern, text.apply("1"));
            if (once <= LENGTH * READS_MAX) {
                return false;
            }
            return reads(pattern, text.apply("2")) > once * GROWTH_MAX;
        } catch (Endless | StackOverflowError deep) {
            return true;
        }
    }

    private static long reads(Expression expression, String text) {
        var counted = new CountedText(text);
        var pattern = expression.pattern();
        if (expression.isSearched()) {
            for (var matcher = pattern.matcher(counted); matcher.find(); ) {
                // The next one.
            }
        }
        var matcher = pattern.matcher(counted);
        if (!matcher.matches()) {
            var unused = matcher.lookingAt();
        }
        return counted.reads[0];
    }

    /** Texts for an argument: "1" of the usual length, "2" twice as long, "3" long, anything else as a description. */
    private static List<UnaryOperator<String>> texts(Set<String> words) {
        var texts = new ArrayList<UnaryOperator<String>>();
        var all = new LinkedHashSet<>(words);
        all.addAll(COMMON);
        all.forEach(word -> texts.add(size -> repeated(word, size, 1)));
        for (var first : words) {
            for (var second : all) {
                texts.add(size -> first + repeated(second, size, 1));
                texts.add(size -> repeated(first, size, 2) + repeated(second, size, 2));
                texts.add(size -> repeated(first + second, size, 1));
            }
        }
        return texts;
    }

    private static String repeated(String word, String size, int parts) {
        return switch (size) {
            case "1" -> word.repeat(Math.max(1, LENGTH / parts / word.length()));
            case "3" -> word.repeat(Math.max(1, LONG / parts / word.length()));
            case "2" -> word.repeat(Math.max(1, 2 * LENGTH / parts / word.length()));
            default -> "(" + word + ")*";
        };
    }

    /** The literal parts of an expression. */
    private static Set<String> words(Pattern pattern) {
        var text = pattern.pattern()
                .replaceAll("\\\\[sSdDwWbBAZzpPQEhvR]", "\u0000")
                .replaceAll("\\\\x\\{?[0-9a-fA-F]+\\}?", "\u0000")
                .replaceAll("\\(\\?[:=!<>imsux-]*", "\u0000")
                .replaceAll("\\\\n", "\n")
                .replaceAll("[()|?*+^$\\[\\]{}]", "\u0000")
                .replaceAll(Matcher.quoteReplacement("\u0000") + "+", "\u0000");
        return Stream.of(text.replaceAll("\\\\(.)", "$1").split("\u0000", -1))
                .filter(word -> !word.isEmpty())
                .limit(WORDS_MAX)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static final class Endless extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Counts the reads of its characters. */
    private record CountedText(String text, long[] reads) implements CharSequence {
        CountedText(String text) {
            this(text, new long[1]);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++reads[0] > READS_LIMIT) {
                throw new Endless();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new CountedText(text.substring(start, end), reads);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
