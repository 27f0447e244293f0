package io.tenantry.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PostalAddressTest {
    @Test
    void replacesLineBreaksAndControlCharacters() {
        var postalAddress = new PostalAddress(" Nordwind\r\nGmbH\t", "Weg 1\u0000", "04109", "Leipzig", "DE");

        assertThat(postalAddress).isEqualTo(new PostalAddress("Nordwind  GmbH", "Weg 1", "04109", "Leipzig", "DE"));
        assertThat(postalAddress.faults()).isEmpty();
    }

    @Test
    void keepsLineBreaksOfTheSellersNote() {
        var at = new PostalAddress("Aurora Cloud GmbH", "Weg 1", "10245", "Berlin", "DE");

        var invoiceSeller =
                new InvoiceSeller(at, "", "", "HRB\n1", "", "", "", "", "", "Thank you.\nPaid\u0007 from the balance.");

        assertThat(invoiceSeller.register()).isEqualTo("HRB 1");
        assertThat(invoiceSeller.note()).isEqualTo("Thank you.\nPaid from the balance.");
    }
}
