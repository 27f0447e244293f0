package io.tenantry.web.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The parameters of a header's value (RFC 9110, section 5.6.6), read in one pass, whatever the value is. */
final class HeaderParameters {
    private final String value;
    private int at;

    private HeaderParameters(String value) {
        this.value = value;
    }

    /**
     * A parameter.
     *
     * @param name in lowercase
     * @param value without quotation marks
     */
    record Parameter(String name, String value) {}

    /** Returns the parameters after the first semicolon. */
    static List<Parameter> of(String value) {
        return new HeaderParameters(value).all();
    }

    private List<Parameter> all() {
        var found = new ArrayList<Parameter>();
        until(";");
        while (at < value.length()) {
            at++;
            var name = until(";=").strip().toLowerCase(Locale.ROOT);
            if (at < value.length() && value.charAt(at) == '=') {
                at++;
                found.add(
                        new Parameter(name, quoted().orElseGet(() -> until(";").strip())));
                until(";");
            }
        }
        return found;
    }

    /** Returns the text before the next of these characters, or the rest; quoted texts are passed over whole. */
    private String until(String ends) {
        var from = at;
        while (at < value.length() && ends.indexOf(value.charAt(at)) < 0) {
            if (value.charAt(at) == '"') {
                skipQuoted();
            } else {
                at++;
            }
        }
        return value.substring(from, at);
    }

    private Optional<String> quoted() {
        while (at < value.length() && Character.isWhitespace(value.charAt(at))) {
            at++;
        }
        if (at == value.length() || value.charAt(at) != '"') {
            return Optional.empty();
        }
        var from = at + 1;
        skipQuoted();
        return Optional.of(value.substring(from, Math.max(from, at - 1)));
    }

    private void skipQuoted() {
        at++;
        while (at < value.length() && value.charAt(at) != '"') {
            at += value.charAt(at) == '\\' ? 2 : 1;
        }
        at = Math.min(at + 1, value.length());
    }
}
