package io.tenantry.identity;

import io.tenantry.text.InputText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which passwords are accepted: long rather than complicated, and none that everybody guesses first. No rules about
 * kinds of characters and no expiry (NIST SP 800-63B, 5.1.1.2).
 */
public final class PasswordPolicy {
    /** Characters at least. */
    public static final int LENGTH_MIN = 10;
    /** Characters at most: room for a sentence, but no megabytes to hash. */
    public static final int LENGTH_MAX = 128;

    /** Fewer different characters than this are a pattern ("aaaaaaaaaa", "1212121212"), not a password. */
    private static final int DIFFERENT_MIN = 5;

    private static final Set<String> COMMON = common();

    /** Why a password is not accepted. */
    public enum Violation {
        TOO_SHORT,
        TOO_LONG,
        COMMON,
        SAME_AS_EMAIL,
        /** It contains a control character or half a character, which no keyboard types again. */
        CHARACTERS
    }

    private PasswordPolicy() {}

    /** What is wrong with the password for the person with {@code email}; empty if it is accepted. */
    public static Optional<Violation> violation(String typed, String email) {
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
        if (plain.chars().distinct().count() < DIFFERENT_MIN || COMMON.contains(plain)) {
            return Optional.of(Violation.COMMON);
        }
        return Optional.empty();
    }

    private static Set<String> common() {
        try (InputStream list = PasswordPolicy.class.getResourceAsStream("common-passwords.txt")) {
            if (list == null) {
                throw new IllegalStateException("common-passwords.txt is missing beside PasswordPolicy");
            }
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
