package io.tenantry.people.identity;

import io.tenantry.text.HostName;
import io.tenantry.text.InputText;
import io.tenantry.text.UnacceptableText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * An email address in the canonical form that is stored and compared: lower case, composed, its host in ASCII (IDNA), of a plain form, without
 * white space, invisible characters, or anything that could start a new header line. All spellings of one address denote the same person.
 */
public final class EmailAddress {
    private static final int LENGTH_MAX = 254;
    private static final Pattern PLAIN = Pattern.compile("[^@\\s\\p{Cntrl}<>\",;:]{1,64}@[^@\\s\\p{Cntrl}<>\",;:]+");

    /** Hosts that were accepted earlier: labels are not empty and have no hyphen at an end; not the bracketed address of a machine. */
    private static final Pattern HOST = Pattern.compile("(?:(?!-)[^.\\[\\]]+(?<!-)[.])*(?!-)[^.\\[\\]]+(?<!-)");

    /** Dots in front of the sign "at" stand between two other characters; mail to any other address is not even sent. */
    private static final Pattern LOCAL = Pattern.compile("[^.]+(?:[.][^.]+)*");

    private EmailAddress() {}

    /** Returns the canonical form; empty if it is not an email address, which includes one whose host is not a valid host name. */
    public static Optional<String> of(String text) {
        return read(text, HostName::plain);
    }

    /**
     * Returns the canonical form of an address that may be stored, for signing in and searching: also of those whose host was accepted earlier
     * and is not any longer.
     */
    public static Optional<String> known(String text) {
        return of(text).or(() -> read(
                text,
                host -> HostName.lenient(host)
                        .filter(plain -> HOST.matcher(plain).matches())));
    }

    private static Optional<String> read(String text, Function<String, Optional<String>> hosts) {
        try {
            return canonical(InputText.line(InputText.withoutMarks(text)).replace('\uFF20', '@'), hosts);
        } catch (UnacceptableText refused) {
            return Optional.empty();
        }
    }

    /**
     * Returns all forms under which the person with that address may be stored: the one of {@link #known}, and older, less strict forms, with the
     * host in Unicode. The exact form comes first, so that no one is mistaken for another person. Empty if it is not an address.
     */
    public static List<String> spellings(String text) {
        var known = known(text);
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

    /** Converts a search term to the form in which addresses are stored; also a host alone, as in {@code müller.example}. */
    public static String searched(String term) {
        var part = term.replace('\uFF20', '@').toLowerCase(Locale.ROOT);
        var at = part.lastIndexOf('@') + 1;
        return part.substring(0, at) + HostName.searched(part.substring(at));
    }

    /** Returns the address for display: its host in Unicode, unless that is misleading. */
    public static String shown(String address) {
        var at = address.lastIndexOf('@') + 1;
        return address.substring(0, at) + HostName.shown(address.substring(at));
    }

    private static String inLetters(String address) {
        var at = address.lastIndexOf('@') + 1;
        return address.substring(0, at) + HostName.letters(address.substring(at));
    }

    private static Optional<String> canonical(String address, Function<String, Optional<String>> hosts) {
        var at = address.lastIndexOf('@');
        if (at < 1 || !PLAIN.matcher(address).matches() || address.codePoints().anyMatch(InputText::isSpace)) {
            return Optional.empty();
        }
        return hosts.apply(address.substring(at + 1))
                .filter(host -> LOCAL.matcher(local(address.substring(0, at))).matches())
                .map(host -> local(address.substring(0, at)) + "@" + host)
                .filter(plain ->
                        plain.length() <= LENGTH_MAX && PLAIN.matcher(plain).matches());
    }

    /** Directional marks and variation selectors are not allowed in an address: two that look the same would be two people. */
    private static String local(String typed) {
        return InputText.line(InputText.seen(typed.toLowerCase(Locale.ROOT)));
    }
}
