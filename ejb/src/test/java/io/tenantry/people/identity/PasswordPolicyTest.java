package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.people.identity.PasswordPolicy.Violation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordPolicyTest {
    private static final String EMAIL = "ada.lovelace@example.org";
    private static final List<String> NAMES =
            List.of("Tenantry", "Aurora Cloud", "portal.aurora.example", "Ada Lovelace");

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
        "Summer2026!, COMMON",
        "Sommer 2026!, COMMON",
        "WELCOME2024!, COMMON",
        "Passw0rd1234, COMMON",
        "'  !!2026Monkey!!  ', COMMON",
        "correcthorsebatterystaple!, COMMON",
        "aurora-cloud, NAMES",
        "AuroraCloud2026!, NAMES",
        "aurora.2026.cloud, NAMES",
        "Tenantry-Aurora, NAMES",
        "portal.aurora.example, NAMES",
        "'Lovelace, Ada 1815', NAMES",
        "tenantry12345678, NAMES",
    })
    void rejects(String password, Violation violation) {
        assertThat(PasswordPolicy.violation(password, EMAIL, NAMES)).contains(violation);
    }

    @Test
    void rejectsNamesOfThePersonAndTheSiteInAnyScript() {
        assertThat(PasswordPolicy.violation("Müller-Søren 2026", EMAIL, List.of("Søren Müller")))
                .contains(Violation.NAMES);
        assertThat(PasswordPolicy.violation("山田太郎株式会社2026!", EMAIL, List.of("山田太郎株式会社")))
                .contains(Violation.NAMES);
        assertThat(PasswordPolicy.violation("Müller-Søren 2026", EMAIL, NAMES)).isEmpty();
    }

    @Test
    void checksTheLongestPasswordQuickly() {
        var names = new ArrayList<String>();
        for (var i = 3; i < 60; i++) {
            names.add("ab".repeat(i));
        }
        assertThat(PasswordPolicy.violation("ab".repeat(60) + "cdef", EMAIL, names))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "orbit-teapot-nine",
        "naïve café ☕ morning",
        "correct horse battery",
        "mouse 734902165844",
        "aurora seen from above",
        "ada likes 9 clouds"
    })
    void accepts(String password) {
        assertThat(PasswordPolicy.violation(password, EMAIL, NAMES)).isEmpty();
    }

    @Test
    void acceptsAtMost128Characters() {
        var longest = "abcdefgh".repeat(16);
        assertThat(PasswordPolicy.violation(longest, EMAIL, NAMES)).isEmpty();
        assertThat(PasswordPolicy.violation(longest + "i", EMAIL, NAMES)).contains(Violation.TOO_LONG);
    }

    @Test
    void countsCodePoints() {
        assertThat(PasswordPolicy.violation("😀😁😂🤣😃", EMAIL, NAMES)).contains(Violation.TOO_SHORT);
    }
}
