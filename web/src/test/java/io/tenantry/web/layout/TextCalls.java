package io.tenantry.web.layout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The calls in pages and sources that fill in texts, such as {@code format.text('key', argument)}, and what is known of their arguments. */
final class TextCalls {
    private static final List<Path> SOURCES = List.of(Path.of("src/main/java"), Path.of("../ejb/src/main/java"));

    private static final Pattern CALL = Pattern.compile("\\btext\\(");
    private static final Pattern LITERAL = Pattern.compile("[\"']([a-zA-Z][\\w.-]*)[\"']");

    /** Quoted text, and what formats a value. */
    private static final Pattern TEXT = Pattern.compile(
            "[\"'].*|(?:format|formats)(?:\\(\\))?\\.\\w+\\(.*|String\\.\\w+\\(.*"
                    + "|.*\\.(?:toString|name|toPlainString|getCurrencyCode|concat|strip)\\([^()]*\\)",
            Pattern.DOTALL);

    private static final Pattern BEAN_PROPERTY = Pattern.compile("(\\w+)\\.(\\w+)");
    private static final Pattern LAST_NAME = Pattern.compile(".*?\\.(\\w+)(?:\\(\\))?", Pattern.DOTALL);
    private static final Pattern VARIABLE = Pattern.compile("\\w+");
    private static final Pattern MEMBER = Pattern.compile(
            "\\b(String|CharSequence|int|long|Integer|Long|BigDecimal|Number|Optional<Integer>|Map<\\w+, Integer>|OptionalInt)"
                    + "\\s+(\\w+)\\s*[,)(=;]");

    private static final Map<String, Set<String>> MEMBERS = members();

    private TextCalls() {}

    /**
     * A call.
     *
     * @param source the whole file, in which variables are declared
     * @param keys the keys, or their beginnings, that its first argument names
     * @param arguments those after the key
     */
    record Call(Path file, String source, Set<String> keys, List<String> arguments) {
        boolean isOf(String key) {
            return keys.stream().anyMatch(known -> known.equals(key) || (known.endsWith(".") && key.startsWith(known)));
        }

        /** Whether an argument is certainly a text; a missing one belongs to another key that the call may name. */
        boolean isText(int argument) {
            if (argument >= arguments.size()) {
                return false;
            }
            var expression = arguments.get(argument);
            if (TEXT.matcher(expression).matches()) {
                return true;
            }
            if (VARIABLE.matcher(expression).matches()) {
                return declares("String", expression) && !declares("(?:int|long|Integer|Long|Number)", expression);
            }
            var property = BEAN_PROPERTY.matcher(expression);
            if (file.toString().endsWith(".xhtml") && property.matches()) {
                var type = typeInBean(property.group(1), property.group(2));
                if (!type.isEmpty()) {
                    return type.equals("String");
                }
            }
            var last = LAST_NAME.matcher(expression);
            return last.matches() && isOnlyText(last.group(1));
        }

        private boolean declares(String type, String name) {
            return Pattern.compile("\\b" + type + " " + name + "\\b")
                    .matcher(source)
                    .find();
        }
    }

    /** Returns the calls in all files with that ending. */
    static Stream<Call> in(Path folder, String ending) {
        return files(folder, ending).stream().flatMap(file -> {
            var source = read(file);
            return CALL.matcher(source)
                    .results()
                    .map(found -> arguments(source, found.end()))
                    .filter(arguments -> !arguments.isEmpty())
                    .map(arguments -> new Call(
                            folder.relativize(file),
                            source,
                            LITERAL.matcher(arguments.get(0))
                                    .results()
                                    .map(literal -> literal.group(1))
                                    .collect(Collectors.toSet()),
                            arguments.subList(1, arguments.size())));
        });
    }

    /** Returns the arguments of a call that begin at an index. */
    private static List<String> arguments(String source, int start) {
        var arguments = new ArrayList<String>();
        var current = new StringBuilder();
        var depth = 0;
        var quote = 0;
        for (var at = start; at < source.length(); at++) {
            var sign = source.charAt(at);
            if (quote == 0 && depth == 0 && (sign == ',' || sign == ')')) {
                arguments.add(current.toString().strip());
                current.setLength(0);
                if (sign == ')') {
                    break;
                }
                continue;
            }
            current.append(sign);
            if (quote != 0) {
                quote = sign == quote ? 0 : quote;
            } else if (sign == '"' || sign == '\'') {
                quote = sign;
            } else if ("([{".indexOf(sign) >= 0) {
                depth++;
            } else if (")]}".indexOf(sign) >= 0) {
                depth--;
            }
        }
        return arguments;
    }

    /** Returns whether all members of that name, of whatever class, are texts. */
    private static boolean isOnlyText(String name) {
        var types = new HashSet<String>();
        types.addAll(MEMBERS.getOrDefault(name, Set.of()));
        types.addAll(MEMBERS.getOrDefault(getter(name), Set.of()));
        return types.equals(Set.of("String"));
    }

    /** Returns the type of a bean's property; empty if it is unknown. */
    private static String typeInBean(String bean, String property) {
        var name = bean.substring(0, 1).toUpperCase(Locale.ROOT) + bean.substring(1) + ".java";
        var getter = Pattern.compile("\\bpublic (?:@Nullable )?([\\w<>]+) " + getter(property) + "\\(\\)");
        return files(SOURCES.get(0), ".java").stream()
                .filter(file -> file.endsWith(name))
                .flatMap(file -> getter.matcher(read(file)).results())
                .map(found -> found.group(1))
                .findFirst()
                .orElse("");
    }

    private static String getter(String property) {
        return "get" + property.substring(0, 1).toUpperCase(Locale.ROOT) + property.substring(1);
    }

    private static Map<String, Set<String>> members() {
        var members = new TreeMap<String, Set<String>>();
        for (var folder : SOURCES) {
            for (var file : files(folder, ".java")) {
                MEMBER.matcher(read(file))
                        .results()
                        .forEach((MatchResult member) -> members.computeIfAbsent(
                                        member.group(2), none -> new HashSet<>())
                                .add(member.group(1)));
            }
        }
        return members;
    }

    private static List<Path> files(Path folder, String ending) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
