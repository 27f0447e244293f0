package io.tenantry.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.invoicing.TaxSubtotal;
import io.tenantry.billing.tax.TaxComponents;
import io.tenantry.billing.tax.TaxTreatment;
import io.tenantry.kernel.money.Money;
import io.tenantry.web.api.InvoicesResource.InvoiceTax;
import io.tenantry.web.api.InvoicesResource.InvoiceTaxComponent;
import java.math.BigDecimal;
import java.util.Currency;
import org.junit.jupiter.api.Test;

/** The taxes of a document in the API. */
class InvoiceTaxTest {
    private static InvoiceTax of(String percent, String tax, String parts) {
        return InvoiceTax.of(new TaxSubtotal(
                TaxTreatment.TAXED,
                "CA-QC",
                new BigDecimal(percent),
                false,
                dollars("100"),
                dollars(tax),
                dollars(tax),
                TaxComponents.of(parts)));
    }

    private static Money dollars(String amount) {
        return new Money(new BigDecimal(amount), Currency.getInstance("CAD"));
    }

    @Test
    void listsTaxComponentsThatAddUpToTotal() {
        var tax = of("14.975", "14.98", "GST=5;QST=9.975");

        assertThat(tax.percent()).isEqualByComparingTo("14.975");
        assertThat(tax.components()).extracting(InvoiceTaxComponent::name).containsExactly("GST", "QST");
        assertThat(tax.components()).extracting(InvoiceTaxComponent::compound).containsExactly(false, false);
        assertThat(tax.components().stream().map(InvoiceTaxComponent::tax).reduce(dollars("0"), Money::plus))
                .isEqualTo(tax.tax());
    }

    @Test
    void marksCompoundTaxes() {
        assertThat(of("15.5", "15.50", "GST=5;PST=+10").components())
                .extracting(InvoiceTaxComponent::compound)
                .containsExactly(false, true);
    }

    @Test
    void singleTaxHasNoComponents() {
        assertThat(of("13", "13", "").components()).isEmpty();
    }
}
