package io.tenantry.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.web.layout.Messages;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTypeTest {
    @Test
    void usesCodesOfUseCaseExceptions() {
        assertThat(ProblemType.ACCESS_DENIED.getCode()).isEqualTo(AccessDeniedException.CODE);
        assertThat(ProblemType.NOT_FOUND.getCode()).isEqualTo(NotFoundException.CODE);
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void isDescribedInBothLanguages(ProblemType problemType) {
        var english = new Messages(Locale.ENGLISH);
        var german = new Messages(Locale.GERMAN);
        var text = "problem." + problemType.getCode() + ".text";
        assertThat(problemType.title(Locale.GERMAN)).isNotBlank().isNotEqualTo(problemType.getTitle());
        assertThat(german.text(text)).isNotBlank().isNotEqualTo(english.text(text));
    }

    @Test
    void hasTitleInRequestedLanguage() {
        var problem = Problem.of(ProblemType.NOT_FOUND, "no such server", "abc");
        assertThat(problem.in(Locale.GERMAN).title()).isEqualTo("Nicht gefunden");
        assertThat(problem.in(Locale.GERMAN).code()).isEqualTo(problem.code());
        var plain = Problem.ofStatus(405, "abc");
        assertThat(plain.in(Locale.GERMAN)).isEqualTo(plain);
    }

    @Test
    void linksToItsSectionOfDocumentation() {
        assertThat(ProblemType.INVALID_VALUE.type()).isEqualTo("/docs/problems#invalid_value");
    }

    @Test
    void isBlankForPlainStatus() {
        var problem = Problem.ofStatus(405, "abc");
        assertThat(problem.type()).isEqualTo("about:blank");
        assertThat(problem.code()).isEqualTo("http_405");
    }
}
