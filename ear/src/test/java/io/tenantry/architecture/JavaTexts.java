package io.tenantry.architecture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The texts of a Java source: its string literals and text blocks, joined where they are concatenated with each other or with constants of the same
 * file. What is only known at run time, also a placeholder such as <code>${table}</code> or {@code %s}, becomes {@link #UNKNOWN}. Comments are no texts.
 */
final class JavaTexts {
    /** Part of a word, so that what is known of a name only in part is not taken for a name. */
    static final char UNKNOWN = '\u0001';

    /** Possessive, so that a long text needs no deep stack. */
    private static final Pattern TOKEN = Pattern.compile(
            "//[^\\n]*+|(?s:/\\*.*?\\*/)|'(?:[^'\\\\\\n]|\\\\[^\\n])[^'\\n]*+'"
                    + "|\"\"\"(?:[^\\\\\"]++|\\\\(?s:.)|\"(?!\"\"))*+\"\"\"|\"(?:[^\"\\\\\\n]++|\\\\.)*+\"|\\w++|[^\\s\\w]");

    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)", Pattern.DOTALL);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]*}|%s");

    private final List<String> tokens;
    private final Map<String, Integer> constants = new HashMap<>();
    private final List<String> texts = new ArrayList<>();
    private int at;

    private JavaTexts(String source) {
        tokens = TOKEN.matcher(source)
                .results()
                .map(found -> found.group())
                .filter(token -> !token.startsWith("//") && !token.startsWith("/*"))
                .toList();
    }

    static List<String> of(String source) {
        var texts = new JavaTexts(source);
        texts.findConstants();
        texts.read(texts.tokens.size());
        return List.copyOf(texts.texts);
    }

    /** Constants are {@code final}, and named in capitals. */
    private void findConstants() {
        for (int i = 2; i + 2 < tokens.size(); i++) {
            if (tokens.get(i).equals("=")
                    && tokens.get(i - 2).equals("String")
                    && tokens.get(i - 1).matches("[A-Z][A-Z0-9_]*")) {
                constants.put(tokens.get(i - 1), i + 1);
            }
        }
    }

    private void read(int end) {
        while (at < end) {
            if (isText(at) || isOperand(at)) {
                texts.add(chain());
            } else {
                at++;
            }
        }
    }

    private boolean isOperand(int place) {
        return constants.containsKey(token(place))
                && token(place + 1).equals("+")
                && !token(place - 1).equals(".");
    }

    /** Reads a text with everything appended to it. Arguments of methods in between are separate texts. */
    private String chain() {
        var text = new StringBuilder(operand());
        while (token(at).equals("+")
                && !token(at + 1).equals("+")
                && !token(at + 1).equals("=")) {
            at++;
            text.append(operand());
        }
        return text.toString();
    }

    private String operand() {
        var text = new StringBuilder();
        if (isText(at)) {
            text.append(text(tokens.get(at)));
            at++;
        } else if (constants.containsKey(token(at)) && !token(at + 1).equals("(")) {
            text.append(constant(token(at)));
            at++;
        } else {
            text.append(UNKNOWN);
            if (token(at).equals("new")) {
                at++;
            }
            if (token(at).equals("(")) {
                skip();
            } else {
                at++;
            }
        }
        while (token(at).equals(".") || token(at).equals("(") || token(at).equals("[")) {
            if (token(at).equals(".")) {
                at += 2;
            } else {
                skip();
            }
        }
        return text.toString();
    }

    private String constant(String name) {
        var after = at;
        var found = texts.size();
        at = constants.getOrDefault(name, at);
        constants.remove(name); // One that is made of itself would never end.
        var text = isText(at) || constants.containsKey(token(at)) ? chain() : String.valueOf(UNKNOWN);
        constants.put(name, startOf(name));
        texts.subList(found, texts.size()).clear();
        at = after;
        return text;
    }

    private int startOf(String name) {
        for (int i = 2; i + 2 < tokens.size(); i++) {
            if (tokens.get(i).equals("=")
                    && tokens.get(i - 1).equals(name)
                    && tokens.get(i - 2).equals("String")) {
                return i + 1;
            }
        }
        throw new IllegalStateException(name);
    }

    /** Leaves what is in brackets, but reads its texts. */
    private void skip() {
        int depth = 0;
        int end = at;
        do {
            var token = token(end);
            if (token.equals("(") || token.equals("[")) {
                depth++;
            } else if (token.equals(")") || token.equals("]")) {
                depth--;
            }
            end++;
        } while (depth > 0 && end < tokens.size());
        at++;
        read(end - 1);
        at = end;
    }

    private boolean isText(int place) {
        return token(place).startsWith("\"");
    }

    private String token(int place) {
        return place >= 0 && place < tokens.size() ? tokens.get(place) : "";
    }

    private static String text(String literal) {
        var quotes = literal.startsWith("\"\"\"") ? 3 : 1;
        var inner = literal.substring(quotes, literal.length() - quotes);
        var plain = ESCAPE.matcher(inner).replaceAll(found -> Matcher.quoteReplacement(unescaped(found.group(1))));
        return PLACEHOLDER.matcher(plain).replaceAll(String.valueOf(UNKNOWN));
    }

    private static String unescaped(String escaped) {
        return switch (escaped) {
            case "n", "r", "t", "s" -> " ";
            case "\n" -> "";
            default -> escaped;
        };
    }
}
