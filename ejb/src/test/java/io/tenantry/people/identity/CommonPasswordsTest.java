package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonPasswordsTest {
    private final CommonPasswords common = CommonPasswords.shipped();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456",
                "password",
                "summer",
                "welcome",
                "passw0rd",
                "passwort",
                "1q2w3e4r5t",
                "manchesterunited",
                "sommer2026"
            })
    void recognizesCommonPasswords(String password) {
        assertThat(common.has(password)).isTrue();
    }

    @Test
    void hasFewFalsePositives() {
        var random = new Random(1);
        var falsePositives = random.longs(100_000)
                .mapToObj(number -> Long.toString(number, 36))
                .filter(common::has)
                .count();
        assertThat(falsePositives).isLessThan(30);
    }
}
