package io.tenantry.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"ada@example.org", " Ada@Example.ORG ", "ada+tag@sub.example.org", "root@localhost"})
    void keepsThemInLowerCase(String text) {
        assertThat(EmailAddress.of(text)).contains(text.strip().toLowerCase(java.util.Locale.ROOT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "@example.org",
                "ada@",
                "a b@example.org",
                "ada@example.org\r\nBcc: x@y",
                "ada@b@c",
                "<ada@example.org>",
                "ada@example.org,x@y.z"
            })
    void refusesWhatIsNone(String text) {
        assertThat(EmailAddress.of(text)).isEmpty();
    }
}
