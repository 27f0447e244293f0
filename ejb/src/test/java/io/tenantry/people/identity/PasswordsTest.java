package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    private static final String DECOMPOSED = "Ko\u0308nigs\u00A0weg 12";
    private static final String COMPOSED = "K\u00F6nigs weg 12";

    private final Passwords passwords = new IdentityFixture().passwords;

    @Test
    void normalizesUnicodeBeforeHashing() {
        var hash = passwords.hash(DECOMPOSED);
        assertThat(passwords.matches(COMPOSED, Optional.of(hash))).isTrue();
        assertThat(passwords.matches(DECOMPOSED, Optional.of(hash))).isTrue();
        assertThat(passwords.matches(COMPOSED + " ", Optional.of(hash)))
                .as("passwords are not trimmed")
                .isFalse();
        assertThat(passwords.matches("k\u00F6nigs weg 12", Optional.of(hash))).isFalse();
    }

    /** A hash of the password as typed, from before normalization was introduced. */
    @Test
    void acceptsHashesOfUnnormalizedPasswords() {
        var hash = PasswordHashing.RECOMMENDED.hash(DECOMPOSED);
        assertThat(passwords.matches(DECOMPOSED, Optional.of(hash))).isTrue();
        assertThat(passwords.matches(COMPOSED, Optional.of(hash))).isFalse();
    }

    @Test
    void rejectsControlCharacters() {
        for (var typed : new String[] {"secret words\0", "secret words\uD800", "secret\u0007 words"}) {
            assertThat(PasswordPolicy.violation(typed, "ada@example.org", List.of()))
                    .contains(PasswordPolicy.Violation.CHARACTERS);
        }
        assertThat(PasswordPolicy.violation(DECOMPOSED, "ada@example.org", List.of()))
                .isEmpty();
    }
}
