package io.tenantry.web.portal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrganizationFilterTest {
    @ParameterizedTest(name = "{0} goes on as {1}")
    @CsvSource({
        "in=1, ''",
        "id=2&in=1, ?id=2",
        "in=1&id=2&q=a%26b, ?id=2&q=a%26b",
        "margin=1&in=2, ?margin=1",
        "in=1&in=2, ''"
    })
    void removesOrganizationFromAddress(String query, String rest) {
        assertThat(OrganizationFilter.without(query)).isEqualTo(rest);
    }
}
