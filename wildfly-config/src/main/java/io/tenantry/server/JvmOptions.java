package io.tenantry.server;

import java.util.ArrayList;
import java.util.List;

/**
 * A parser of JVM options in one text, as build tools pass them on: separated by white space, except within double quotes. A backslash before a
 * quote or a backslash escapes that character.
 */
final class JvmOptions {
    private JvmOptions() {}

    /**
     * Returns the options of a text, in order.
     *
     * @throws IllegalArgumentException if a quote is not closed
     */
    static List<String> split(String text) {
        var options = new ArrayList<String>();
        var option = new StringBuilder();
        var isOption = false;
        var isQuoted = false;
        for (var at = 0; at < text.length(); at++) {
            var sign = text.charAt(at);
            if (sign == '\\' && at + 1 < text.length() && "\"\\".indexOf(text.charAt(at + 1)) >= 0) {
                at++;
                option.append(text.charAt(at));
                isOption = true;
            } else if (sign == '"') {
                isQuoted = !isQuoted;
                isOption = true;
            } else if (Character.isWhitespace(sign) && !isQuoted) {
                if (isOption) {
                    options.add(option.toString());
                }
                option.setLength(0);
                isOption = false;
            } else {
                option.append(sign);
                isOption = true;
            }
        }
        if (isQuoted) {
            throw new IllegalArgumentException("a quote is not closed: " + text);
        }
        if (isOption) {
            options.add(option.toString());
        }
        return List.copyOf(options);
    }
}
