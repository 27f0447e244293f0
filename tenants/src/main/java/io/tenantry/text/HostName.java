package io.tenantry.text;

import com.ibm.icu.text.IDNA;
import com.ibm.icu.util.ICUException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Host names in canonical form: ASCII, lower case, by IDNA 2008 with the mappings of UTS #46, where {@code straße.example} is another host than
 * {@code strasse.example}. Names are stored and compared in this form and displayed in Unicode.
 */
public final class HostName {
    private static final int LENGTH_MAX = 253;

    private static final IDNA RULES = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII
            | IDNA.NONTRANSITIONAL_TO_UNICODE
            | IDNA.CHECK_BIDI
            | IDNA.CHECK_CONTEXTJ
            | IDNA.CHECK_CONTEXTO
            | IDNA.USE_STD3_RULES);

    private static final Pattern ASCII = Pattern.compile("[!-~]+");
    private static final Pattern DOT = Pattern.compile("[.\u3002\uff0e\uff61]");
    private static final Pattern ROOT = Pattern.compile("(?<=[^.\u3002\uff0e\uff61])[.\u3002\uff0e\uff61]$");
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern LABELS = Pattern.compile("(?:" + LABEL + "[.])*+(?![0-9]+$)" + LABEL);
    private static final String ENCODED = "xn--";

    private HostName() {}

    /** Returns the name in ASCII; empty if it is not a valid host name. */
    public static Optional<String> ascii(String typed) {
        return converted(withoutRoot(InputText.trimmed(typed)), RULES::nameToASCII)
                .filter(name -> !name.isEmpty() && name.length() <= LENGTH_MAX)
                .map(name -> name.toLowerCase(Locale.ROOT));
    }

    /**
     * Empty if the rules refuse it, or if it is longer than any host name: ICU fails on long labels, including those that become long by
     * mapping.
     */
    private static Optional<String> converted(String name, Conversion conversion) {
        if (name.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        var found = new StringBuilder();
        var info = new IDNA.Info();
        try {
            conversion.convert(name, found, info);
        } catch (ICUException tooLong) {
            return Optional.empty();
        }
        return info.hasErrors() ? Optional.empty() : Optional.of(found.toString());
    }

    private interface Conversion {
        StringBuilder convert(String name, StringBuilder found, IDNA.Info info);
    }

    /**
     * Like {@link #ascii}, but names that are invalid by the rules and were accepted earlier remain unchanged: a name that is already ASCII is
     * only lower-cased.
     */
    public static Optional<String> lenient(String typed) {
        var plain = withoutRoot(InputText.trimmed(typed));
        return ascii(plain)
                .or(() -> ASCII.matcher(plain).matches()
                        ? Optional.of(plain.toLowerCase(Locale.ROOT))
                        : Optional.empty());
    }

    /**
     * Like {@link #ascii}, but a name of letters, digits and hyphens is accepted where only IDNA refuses it, such as one with hyphens in the
     * third and fourth place, which exists. The last label is not a number, as in the address of a machine.
     */
    public static Optional<String> plain(String typed) {
        var plain = withoutRoot(InputText.trimmed(typed));
        return ascii(plain)
                .or(() -> Optional.of(plain.toLowerCase(Locale.ROOT)).filter(name -> name.length() <= LENGTH_MAX))
                .filter(name -> LABELS.matcher(name).matches());
    }

    /** Removes the dot of the root at the end of a fully qualified name; with and without it, it is the same host. */
    private static String withoutRoot(String name) {
        var root = ROOT.matcher(name);
        return root.find() ? name.substring(0, root.start()) : name;
    }

    /** Converts a search term to the form in which host names are stored: each label that is a valid name is encoded. */
    public static String searched(String part) {
        if (ASCII.matcher(part).matches()) {
            return part.toLowerCase(Locale.ROOT);
        }
        return DOT.splitAsStream(part)
                .map(label -> label.isEmpty() ? label : ascii(label).orElse(label))
                .collect(Collectors.joining("."))
                .concat(
                        DOT.matcher(part.substring(Math.max(0, part.length() - 1)))
                                        .matches()
                                ? "."
                                : "");
    }

    /**
     * Returns the name in Unicode for display. A label stays encoded if it breaks the rules, or if it mixes scripts so that it could look like
     * another.
     */
    public static String shown(String ascii) {
        var letters = letters(ascii);
        return Confusables.isClear(letters) ? letters : ascii;
    }

    /** Returns the name in Unicode whatever it looks like, for comparison; it stays encoded if it breaks the rules. */
    public static String letters(String ascii) {
        if (!ascii.contains(ENCODED)) {
            return ascii;
        }
        return converted(ascii, RULES::nameToUnicode).orElse(ascii);
    }
}
