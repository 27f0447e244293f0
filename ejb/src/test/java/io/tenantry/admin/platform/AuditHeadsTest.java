package io.tenantry.admin.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.kernel.audit.AuditTrail.Head;
import io.tenantry.kernel.secret.Vault;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditHeadsTest {
    private static final Vault VAULT = Vault.of(List.of("first=" + "A".repeat(43) + "="));
    private static final Vault OTHER = Vault.of(List.of("first=" + "B".repeat(42) + "A="));
    private static final AuditHeads HEADS = new AuditHeads(
            Instant.parse("2026-11-26T04:07:00.25Z"),
            "n1",
            Map.of("platform", new Head(12, "ab".repeat(32)), "t_aurora", new Head(1_234_567, "cd".repeat(32))));

    @Test
    void readsWhatItWrote() {
        var text = HEADS.text(VAULT);
        assertThat(text)
                .startsWith("tenantry-audit-heads 1\nat 2026-11-26T04:07:00.250Z\nnode n1\nplatform 12 abab")
                .contains("\nt_aurora 1234567 cdcd")
                .contains("\nsigned first ")
                .endsWith("\n");
        assertThat(AuditHeads.read(text, VAULT)).isEqualTo(new AuditHeads.ParsedHeads(HEADS, true));
    }

    @Test
    void isUnsignedWithoutAKey() {
        var text = HEADS.text(Vault.of(List.of()));
        assertThat(AuditHeads.read(text, VAULT)).isEqualTo(new AuditHeads.ParsedHeads(HEADS, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "t_aurora 1234567|t_aurora 1234566|the signature does not match",
                "node n1|node n2|the signature does not match",
                "platform|Platform|line 4 is not the head of a trail",
                "signed first|signed second|signed by key second, which is unknown",
                "signed first|sealed first|the last line is not a signature",
                "heads 1|heads 2|not a list of audit heads"
            })
    void rejectsChangedHeads(String was, String is, String why) {
        var changed = HEADS.text(VAULT).replace(was, is);
        assertThatThrownBy(() -> AuditHeads.read(changed, VAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void rejectsHeadsSignedWithAnotherKey() {
        assertThatThrownBy(() -> AuditHeads.read(HEADS.text(OTHER), VAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the signature does not match");
    }
}
