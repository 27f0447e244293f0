package io.tenantry.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenancyTest {
    private static final TenantId AURORA = new TenantId("aurora");
    private static final TenantId BOREALIS = new TenantId("borealis-2");

    @Test
    void hasNoDefault() {
        assertThat(Tenancy.current()).isEmpty();
        assertThatThrownBy(Tenancy::tenant).isInstanceOf(NoTenantException.class);
    }

    @Test
    void leavesScopeAfterFailure() {
        assertThatThrownBy(() -> Tenancy.in(AURORA, () -> {
                    throw new IllegalArgumentException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(Tenancy.current()).isEmpty();
    }

    @Test
    void restoresPreviousScope() {
        try (var outer = Tenancy.enter(AURORA)) {
            String inner = Tenancy.in(BOREALIS, () -> Tenancy.tenant().value());
            assertThat(inner).isEqualTo("borealis-2");
            assertThat(Tenancy.tenant()).isEqualTo(AURORA);
        }
    }

    @Test
    void isClearedAtEndOfRequest() {
        Tenancy.enter(AURORA);
        Tenancy.clear();
        assertThat(Tenancy.current()).isEmpty();
    }

    @Test
    void isNotInheritedByOtherThreads() throws Exception {
        try (var enteredScope = Tenancy.enter(AURORA)) {
            var elsewhere = java.util.concurrent.CompletableFuture.supplyAsync(
                    () -> Tenancy.current().isPresent());
            assertThat(elsewhere.get()).isFalse();
        }
    }

    @Test
    void platformIsNoTenant() {
        try (var enteredScope = Tenancy.enter(Scope.PLATFORM)) {
            assertThatThrownBy(Tenancy::tenant).isInstanceOf(NoTenantException.class);
        }
        assertThat(Scope.audit(AURORA).tenant()).isEmpty();
    }

    @Test
    void auditScopeReadsSchemaWithAuditorRole() {
        assertThat(Scope.audit(AURORA)).isEqualTo(new Scope("tenantry_auditor", "t_aurora", "audit:aurora"));
        assertThat(Scope.of(AURORA).tenant()).contains(AURORA);
    }

    @Test
    void derivesSchemaAndRoleFromSlug() {
        assertThat(BOREALIS.schema()).isEqualTo("t_borealis_2");
        assertThat(BOREALIS.role()).isEqualTo("tn_borealis_2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ab", "a1", "a-b", "a-1-b", "a23456789012345678901234567890", "a-2-4-6-8-0-2-4-6-8-0-2-4-6-80"})
    void acceptsSlugsOfLettersDigitsAndHyphens(String slug) {
        assertThat(TenantId.isSlug(slug)).isTrue();
        assertThat(new TenantId(slug)).hasToString(slug);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "A",
                "1a",
                "a_b",
                "a--b",
                "-a",
                "a-",
                "a b",
                "ä",
                "a;drop",
                "a234567890123456789012345678901",
                "a-2-4-6-8-0-2-4-6-8-0-2-4-6-8-1"
            })
    void rejectsInvalidSlugs(String slug) {
        assertThat(TenantId.isSlug(slug)).isFalse();
        assertThatThrownBy(() -> new TenantId(slug))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a tenant's slug: \"" + slug + "\"");
    }
}
