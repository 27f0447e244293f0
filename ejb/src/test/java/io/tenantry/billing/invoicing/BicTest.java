package io.tenantry.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BicTest {
    @Test
    void keepsACodeThatStartsLikeItsLabel() {
        assertThat(Bic.normalized("BICICIABXXX")).isEqualTo("BICICIABXXX");
        assertThat(Bic.normalized("bici ci ab")).isEqualTo("BICICIAB");
        assertThat(Bic.normalized("BIC: BICICIABXXX")).isEqualTo("BICICIABXXX");
    }

    @Test
    void removesALabelBeforeTheCode() {
        assertThat(Bic.normalized("BIC DEUTDEFF")).isEqualTo("DEUTDEFF");
        assertThat(Bic.normalized("BIC/SWIFT: BNPAFRPP")).isEqualTo(PostalAddress.packed("BIC/SWIFT: BNPAFRPP"));
        assertThat(Bic.normalized("BIC BNPAFRPP"))
                .as("ambiguous: taken as a label")
                .isEqualTo("BNPAFRPP");
        assertThat(Bic.normalized("SWIFT code: DEUTDEFF500")).isEqualTo("DEUTDEFF500");
        assertThat(Bic.normalized("")).isEmpty();
        assertThat(Bic.normalized("none")).isEqualTo(PostalAddress.packed("none"));
    }
}
