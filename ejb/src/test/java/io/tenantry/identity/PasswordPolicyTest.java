package io.tenantry.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.identity.PasswordPolicy.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordPolicyTest {
    private static final String EMAIL = "ada.lovelace@example.org";

    @ParameterizedTest
    @CsvSource({
        "kurz, TOO_SHORT",
        "123456789, TOO_SHORT",
        "1234567890, COMMON",
        "Password123, COMMON",
        "QWERTYUIOP, COMMON",
        "aaaaaaaaaaaaaaaa, COMMON",
        "121212121212, COMMON",
        "ada.lovelace@example.org, SAME_AS_EMAIL",
        "Ada.Lovelace, SAME_AS_EMAIL",
    })
    void refuses(String password, Violation violation) {
        assertThat(PasswordPolicy.violation(password, EMAIL)).contains(violation);
    }

    @ParameterizedTest
    @CsvSource({"orbit-teapot-nine", "naïve café ☕ morning", "correct horse battery"})
    void accepts(String password) {
        assertThat(PasswordPolicy.violation(password, EMAIL)).isEmpty();
    }

    @Test
    void takesOneHundredAndTwentyEightCharactersAndNoMore() {
        var longest = "abcdefgh".repeat(16);
        assertThat(PasswordPolicy.violation(longest, EMAIL)).isEmpty();
        assertThat(PasswordPolicy.violation(longest + "i", EMAIL)).contains(Violation.TOO_LONG);
    }

    @Test
    void countsCharactersNotTheirUnits() {
        assertThat(PasswordPolicy.violation("😀😁😂🤣😃", EMAIL)).contains(Violation.TOO_SHORT);
    }
}
