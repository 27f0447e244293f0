package io.tenantry.cloud.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostnameTest {
    @ParameterizedTest
    @CsvSource({
        "mail.example.com, mail.example.com",
        "MAIL.Example.COM., mail.example.com",
        "a.b, a.b",
        "xn--mnchen-3ya.example, xn--mnchen-3ya.example",
        "4.mail.example, 4.mail.example",
        "'', ''",
        "'  ', ''"
    })
    void normalizesFullNamesToLowerCase(String typed, String text) {
        assertThat(Hostname.read(typed)).contains(new Hostname(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                ".",
                "..",
                "a..b",
                "-a.example",
                "a-.example",
                "a_b.example",
                "münchen.example",
                "203.0.113.7",
                "mail.example.com; rm",
                "a.example\nb.example"
            })
    void refusesInvalidNames(String typed) {
        assertThat(Hostname.read(typed)).isEmpty();
    }

    @Test
    void limitsTheLengthOfNamesAndLabels() {
        var label = "a".repeat(63);
        assertThat(Hostname.read(label + ".example")).isPresent();
        assertThat(Hostname.read("a" + label + ".example")).isEmpty();
        assertThat(Hostname.read((label + ".").repeat(3) + "a".repeat(61))).isPresent();
        assertThat(Hostname.read((label + ".").repeat(3) + "a".repeat(62))).isEmpty();
    }
}
