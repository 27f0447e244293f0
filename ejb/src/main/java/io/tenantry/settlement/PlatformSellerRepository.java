package io.tenantry.settlement;

import io.tenantry.billing.invoicing.InvoiceSeller;
import io.tenantry.billing.invoicing.PostalAddress;
import io.tenantry.tenancy.Row;

/** Row mapping of the platform as a seller. */
final class PlatformSellerRepository {
    static final String COLUMNS = """
            p.name, p.street, p.postcode, p.city, p.country, p.vat_number, p.tax_number, p.register, p.email, p.phone, p.bank, p.iban, p.bic, p.note
            """;

    private PlatformSellerRepository() {}

    static InvoiceSeller seller(Row row) {
        return new InvoiceSeller(
                new PostalAddress(
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
