package io.tenantry.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AddressTest {
    @Test
    void isOnLinesOfItsOwnWithoutWhatCannotBeSeen() {
        var address = new Address(" Nordwind\r\nGmbH\t", "Weg 1\u0000", "04109", "Leipzig", "DE");

        assertThat(address).isEqualTo(new Address("Nordwind  GmbH", "Weg 1", "04109", "Leipzig", "DE"));
        assertThat(address.faults()).isEmpty();
    }

    @Test
    void whatASellerNotesKeepsItsLines() {
        var at = new Address("Aurora Cloud GmbH", "Weg 1", "10245", "Berlin", "DE");

        var seller = new Seller(at, "", "", "HRB\n1", "", "", "", "", "", "Thank you.\nPaid\u0007 from the balance.");

        assertThat(seller.register()).isEqualTo("HRB 1");
        assertThat(seller.note()).isEqualTo("Thank you.\nPaid from the balance.");
    }
}
