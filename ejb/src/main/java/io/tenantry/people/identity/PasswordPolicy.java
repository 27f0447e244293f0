package io.tenantry.people.identity;

import io.tenantry.text.InputText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * The rules for passwords: long rather than complex, and none that is guessed first, such as the most common ones and the names of the person
 * and the site. No rules about character classes and no expiry (NIST SP 800-63B, 5.1.1.2).
 */
public final class PasswordPolicy {
    /** The minimum number of characters. */
    public static final int LENGTH_MIN = 10;
    /** The maximum number of characters: room for a sentence, but no megabytes to hash. */
    public static final int LENGTH_MAX = 128;

    /** Fewer different characters than this are a pattern ("aaaaaaaaaa", "1212121212"), not a password. */
    private static final int DIFFERENT_MIN = 5;

    /** The reasons for refusing a password. */
    public enum Violation {
        TOO_SHORT,
        TOO_LONG,
        COMMON,
        SAME_AS_EMAIL,
        /** It consists of the names of the person, the site and the product. */
        NAMES,
        /** It contains a control character or an unpaired surrogate, which no keyboard can repeat. */
        CHARACTERS
    }

    private PasswordPolicy() {}

    /**
     * Returns what is wrong with the password for the person with {@code email}; empty if it is accepted.
     *
     * @param names the names of the person and the site
     */
    public static Optional<Violation> violation(String typed, String email, Collection<String> names) {
        var password = InputText.password(typed);
        if (!InputText.isStorable(password) || password.codePoints().anyMatch(Character::isISOControl)) {
            return Optional.of(Violation.CHARACTERS);
        }
        int length = password.codePointCount(0, password.length());
        if (length < LENGTH_MIN) {
            return Optional.of(Violation.TOO_SHORT);
        }
        if (length > LENGTH_MAX) {
            return Optional.of(Violation.TOO_LONG);
        }
        var plain = InputText.trimmed(password).toLowerCase(Locale.ROOT);
        var address = email.toLowerCase(Locale.ROOT);
        var mailbox = address.substring(0, Math.max(0, address.indexOf('@')));
        if (plain.equals(address) || plain.equals(mailbox)) {
            return Optional.of(Violation.SAME_AS_EMAIL);
        }
        if (plain.chars().distinct().count() < DIFFERENT_MIN || GuessablePatterns.isCommon(plain)) {
            return Optional.of(Violation.COMMON);
        }
        var known = new ArrayList<>(names);
        known.add(mailbox);
        known.add(address);
        return GuessablePatterns.isMadeOf(known, plain) ? Optional.of(Violation.NAMES) : Optional.empty();
    }
}
