package io.tenantry.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.invoicing.InvoiceSeller.Field;
import org.junit.jupiter.api.Test;

class InvoiceSellerTest {
    private static final PostalAddress ADDRESS = new PostalAddress("Ada GmbH", "Hauptstr. 1", "10115", "Berlin", "DE");
    private static final String LONGEST = "7".repeat(120);

    private static InvoiceSeller seller(String more, String note) {
        return new InvoiceSeller(
                ADDRESS,
                "",
                LONGEST + more,
                LONGEST + more,
                "",
                LONGEST + more,
                LONGEST + more,
                "",
                LONGEST + more,
                note);
    }

    @Test
    void reportsEachFieldThatIsTooLong() {
        assertThat(seller("", "x".repeat(1_000)).faults()).isEmpty();
        assertThat(seller("7", "x".repeat(1_001)).faults())
                .containsExactlyInAnyOrder(Field.TAX, Field.REGISTER, Field.PHONE, Field.BANK, Field.BIC, Field.NOTE);
        assertThat(new InvoiceBuyer(ADDRESS, "", "", "ada@example.org", LONGEST + "7").faults())
                .containsExactly(Field.REFERENCE);
    }
}
