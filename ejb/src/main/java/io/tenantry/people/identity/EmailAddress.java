package io.tenantry.people.identity;

import io.tenantry.text.HostName;
import io.tenantry.text.InputText;
import io.tenantry.text.UnacceptableText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address in the one form that is kept and compared: lower case, composed, its host in ASCII (IDNA), of a plain form, without white space,
 * invisible characters, or anything that could start a new header line. Whoever writes the same address in another way means the same person.
 */
public final class EmailAddress {
    private static final int LENGTH_MAX = 254;
    private static final Pattern PLAIN = Pattern.compile("[^@\\s\\p{Cntrl}<>\",;:]{1,64}@[^@\\s\\p{Cntrl}<>\",;:]+");

    /** Labels of a host have something in them, and no hyphen at an end; an address of a machine in brackets is nobody's. */
    private static final Pattern HOST = Pattern.compile("(?:(?!-)[^.\\[\\]]+(?<!-)[.])*(?!-)[^.\\[\\]]+(?<!-)");

    /** Dots in front of the sign "at" stand between two other characters; mail to any other address is not even sent. */
    private static final Pattern LOCAL = Pattern.compile("[^.]+(?:[.][^.]+)*");

    private EmailAddress() {}

    /** The address as we keep it; empty if it is not one. */
    public static Optional<String> of(String text) {
        try {
            return canonical(InputText.line(InputText.withoutMarks(text)).replace('\uFF20', '@'));
        } catch (UnacceptableText refused) {
            return Optional.empty();
        }
    }

    /**
     * All forms under which the person who typed that address may be kept: the one of {@link #of}, and those of before it was so strict, with the
     * host in letters. The exact one comes first, so that nobody is taken for somebody else. Empty if it is no address.
     */
    public static List<String> spellings(String text) {
        var known = of(text);
        if (known.isEmpty()) {
            return List.of();
        }
        var spellings = new LinkedHashSet<String>();
        var before = text.strip().toLowerCase(Locale.ROOT);
        if (before.length() <= LENGTH_MAX && PLAIN.matcher(before).matches() && InputText.isStorable(before)) {
            spellings.add(before);
        }
        spellings.add(known.get());
        spellings.add(inLetters(known.get()));
        return List.copyOf(spellings);
    }

    /** A search term in the form in which addresses are stored; also a host alone, as in {@code müller.example}. */
    public static String searched(String term) {
        var part = term.replace('\uFF20', '@').toLowerCase(Locale.ROOT);
        var at = part.lastIndexOf('@') + 1;
        return part.substring(0, at) + HostName.searched(part.substring(at));
    }

    /** The address for people: its host in letters, where that misleads nobody. */
    public static String shown(String address) {
        var at = address.lastIndexOf('@') + 1;
        return address.substring(0, at) + HostName.shown(address.substring(at));
    }

    private static String inLetters(String address) {
        var at = address.lastIndexOf('@') + 1;
        return address.substring(0, at) + HostName.letters(address.substring(at));
    }

    private static Optional<String> canonical(String address) {
        var at = address.lastIndexOf('@');
        if (at < 1 || !PLAIN.matcher(address).matches() || address.codePoints().anyMatch(InputText::isSpace)) {
            return Optional.empty();
        }
        return HostName.lenient(address.substring(at + 1))
                .filter(host -> HOST.matcher(host).matches())
                .filter(host -> LOCAL.matcher(local(address.substring(0, at))).matches())
                .map(host -> local(address.substring(0, at)) + "@" + host)
                .filter(plain ->
                        plain.length() <= LENGTH_MAX && PLAIN.matcher(plain).matches());
    }

    /** Direction marks and selectors of forms have no place in an address; two that look the same would be two people. */
    private static String local(String typed) {
        return InputText.line(InputText.seen(typed.toLowerCase(Locale.ROOT)));
    }
}
