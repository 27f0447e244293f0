package io.tenantry.settlement;

import io.tenantry.invoicing.Address;
import io.tenantry.invoicing.Seller;
import io.tenantry.tenancy.Row;

/** Who the platform is, as the rows have it. */
final class SellerRows {
    static final String COLUMNS = """
            p.name, p.street, p.postcode, p.city, p.country, p.vat_number, p.tax_number, p.register, p.email, p.phone, p.bank, p.iban, p.bic, p.note
            """;

    private SellerRows() {}

    static Seller seller(Row row) {
        return new Seller(
                new Address(
                        row.text("name"),
                        row.text("street"),
                        row.text("postcode"),
                        row.text("city"),
                        row.text("country")),
                row.text("vat_number"),
                row.text("tax_number"),
                row.text("register"),
                row.text("email"),
                row.text("phone"),
                row.text("bank"),
                row.text("iban"),
                row.text("bic"),
                row.text("note"));
    }
}
