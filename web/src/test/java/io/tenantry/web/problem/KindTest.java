package io.tenantry.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import io.tenantry.web.shell.Messages;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KindTest {
    @Test
    void isCalledAsUseCasesCallIt() {
        assertThat(Kind.ACCESS_DENIED.getCode()).isEqualTo(AccessDenied.CODE);
        assertThat(Kind.NOT_FOUND.getCode()).isEqualTo(NotVisible.CODE);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void isDescribedInBothLanguages(Kind kind) {
        var english = new Messages(Locale.ENGLISH);
        var german = new Messages(Locale.GERMAN);
        var text = "problem." + kind.getCode() + ".text";
        assertThat(kind.title(Locale.GERMAN)).isNotBlank().isNotEqualTo(kind.getTitle());
        assertThat(german.text(text)).isNotBlank().isNotEqualTo(english.text(text));
    }

    @Test
    void isTitledInTheLanguageThatIsAskedFor() {
        var problem = Problem.of(Kind.NOT_FOUND, "no such server", "abc");
        assertThat(problem.in(Locale.GERMAN).title()).isEqualTo("Nicht gefunden");
        assertThat(problem.in(Locale.GERMAN).code()).isEqualTo(problem.code());
        var plain = Problem.ofStatus(405, "abc");
        assertThat(plain.in(Locale.GERMAN)).isEqualTo(plain);
    }

    @Test
    void leadsToItsPlaceOnThePage() {
        assertThat(Kind.BAD_VALUE.type()).isEqualTo("/docs/problems#bad_value");
    }

    @Test
    void isNotToldWhereTheStatusSaysAll() {
        var problem = Problem.ofStatus(405, "abc");
        assertThat(problem.type()).isEqualTo("about:blank");
        assertThat(problem.code()).isEqualTo("http_405");
    }
}
