package io.tenantry.text;

import com.ibm.icu.text.IDNA;
import com.ibm.icu.util.ICUException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names of hosts in one form, whichever way they are written: ASCII, lower case, by IDNA 2008 with the mappings of UTS #46, where {@code straße.example}
 * is another host than {@code strasse.example}. It is kept and compared in this form and shown in letters.
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
    private static final String ENCODED = "xn--";

    private HostName() {}

    /** The name as computers write it; empty if no host can be called so. */
    public static Optional<String> ascii(String typed) {
        return converted(withoutRoot(InputText.trimmed(typed)), RULES::nameToASCII)
                .filter(name -> !name.isEmpty() && name.length() <= LENGTH_MAX)
                .map(name -> name.toLowerCase(Locale.ROOT));
    }

    /** Empty if the rules refuse it, or if it is longer than any name: ICU gives up on long labels, also on those that mapping makes long. */
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
     * As {@link #ascii}, for where names that are no names of hosts by the rules, but were taken before, have to stay what they are: what is
     * ASCII already is only made lower case.
     */
    public static Optional<String> lenient(String typed) {
        var plain = withoutRoot(InputText.trimmed(typed));
        return ascii(plain)
                .or(() -> ASCII.matcher(plain).matches()
                        ? Optional.of(plain.toLowerCase(Locale.ROOT))
                        : Optional.empty());
    }

    /** The dot at the end of a complete name names the root of all names; with and without it, it is the same host. */
    private static String withoutRoot(String name) {
        var root = ROOT.matcher(name);
        return root.find() ? name.substring(0, root.start()) : name;
    }

    /** A search term in the form in which host names are stored: each label that is a valid name is encoded. */
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
     * The name in letters, for people. A label stays encoded if it breaks the rules, or if it mixes scripts so that it could look like another.
     */
    public static String shown(String ascii) {
        var letters = letters(ascii);
        return Confusion.isClear(letters) ? letters : ascii;
    }

    /** The name in letters whatever it looks like, to compare with; it stays encoded if it breaks the rules. */
    public static String letters(String ascii) {
        if (!ascii.contains(ENCODED)) {
            return ascii;
        }
        return converted(ascii, RULES::nameToUnicode).orElse(ascii);
    }
}
