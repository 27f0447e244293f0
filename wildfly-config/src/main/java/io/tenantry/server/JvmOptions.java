package io.tenantry.server;

import java.util.ArrayList;
import java.util.List;

/**
 * Options of a JVM in one text, as build tools hand them on: separated by white space, and within double quotes white space belongs to the
 * option. A backslash before a quote or a backslash stands for that character itself.
 */
final class JvmOptions {
    private JvmOptions() {}

    /**
     * The options of a text, in its order.
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
