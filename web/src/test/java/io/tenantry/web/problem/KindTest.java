package io.tenantry.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import org.junit.jupiter.api.Test;

class KindTest {
    @Test
    void isCalledAsUseCasesCallIt() {
        assertThat(Kind.ACCESS_DENIED.getCode()).isEqualTo(AccessDenied.CODE);
        assertThat(Kind.NOT_FOUND.getCode()).isEqualTo(NotVisible.CODE);
    }

    @Test
    void leadsToItsPlaceOnThePage() {
        assertThat(Kind.BAD_VALUE.type()).isEqualTo("/docs/problems#bad_value");
    }

    @Test
    void isNotToldWhereTheStatusSaysAll() {
        var problem = Problem.ofStatus(405, "Method Not Allowed", "no POST here", "abc");
        assertThat(problem.type()).isEqualTo("about:blank");
        assertThat(problem.code()).isEqualTo("http_405");
    }
}
