package io.tenantry.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.brand.LegalTexts;
import io.tenantry.kernel.markdown.Markdown;
import org.junit.jupiter.api.Test;

class DemoLegalTest {
    @Test
    void everyTextIsInBothLanguagesAndMarkedAsDemo() {
        for (var brand : DemoBrand.ALL) {
            assertThat(DemoLegal.of(brand))
                    .containsOnlyKeys(LegalTexts.Kind.values())
                    .allSatisfy((kind, text) -> {
                        assertThat(text)
                                .contains("Text einer Vorführung", "Text of a demonstration")
                                .hasSizeBetween(500, LegalTexts.BODY_MAX);
                        assertThat(Markdown.page(text)).contains("<h1", "<h2");
                    });
        }
    }

    @Test
    void imprintNamesTheSellerOfInvoices() {
        for (var brand : DemoBrand.ALL) {
            var invoiceSeller = DemoBillingParties.seller(brand);
            assertThat(DemoLegal.of(brand).get(LegalTexts.Kind.IMPRINT))
                    .contains(
                            invoiceSeller.address().name(),
                            invoiceSeller.address().street(),
                            invoiceSeller.email(),
                            invoiceSeller.phone());
        }
    }
}
