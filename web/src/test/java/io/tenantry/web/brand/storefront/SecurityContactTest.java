package io.tenantry.web.brand.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityContactTest {
    @Test
    void namesContactsAndExpiry() {
        var text = SecurityContact.text(
                List.of("mailto:help@aurora.example", "https://aurora.example/contact"),
                Instant.parse("2026-11-26T11:12:13Z"),
                "https://aurora.example");
        assertThat(text).isEqualTo("""
                Contact: mailto:help@aurora.example
                Contact: https://aurora.example/contact
                Expires: 2027-05-25T00:00:00Z
                Preferred-Languages: en, de
                Canonical: https://aurora.example/.well-known/security.txt
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "help@aurora.example, mailto:help@aurora.example",
        "a+b?c&d%e@aurora.example, mailto:a%2Bb%3Fc%26d%25e@aurora.example",
        "müller@xn--mller-kva.example, mailto:m%C3%BCller@xn--mller-kva.example"
    })
    void writesAddressAsMailtoUri(String address, String uri) {
        assertThat(SecurityContact.mailTo(address)).isEqualTo(uri);
    }
}
