package io.tenantry.billing.invoicing;

import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import java.util.Optional;
import java.util.UUID;

/** Reads seller and buyer details: the latest version, and the one of a document. Checks no permission. */
final class BillingPartyRepository {
    private static final String SELLER = """
            select name, street, postcode, city, country, vat_number, tax_number, register, email, phone, bank, iban, bic, note
              from invoice_seller
            """;

    private static final String BUYER =
            "select name, street, postcode, city, country, region, vat_number, email, reference from invoice_buyer";

    private final Sql sql;

    BillingPartyRepository(Sql sql) {
        this.sql = sql;
    }

    Optional<InvoiceSeller> latestSeller() {
        return sql.first(SELLER + " order by id desc limit 1", BillingPartyRepository::seller);
    }

    Optional<InvoiceSeller> sellerOf(UUID documentId) {
        return sql.first(
                SELLER + " where id = (select seller_id from invoice where id = ?)",
                BillingPartyRepository::seller,
                documentId);
    }

    Optional<InvoiceBuyer> buyerOf(UUID documentId) {
        return sql.first(
                BUYER + " where id = (select buyer_id from invoice where id = ?)",
                BillingPartyRepository::buyer,
                documentId);
    }

    InvoiceBuyer latestBuyer(UUID organizationId) {
        return sql.first(
                        BUYER + " where organization_id = ? order by id desc limit 1",
                        BillingPartyRepository::buyer,
                        organizationId)
                .or(() -> sql.first(
                        "select name, billing_email, country from organization where id = ?",
                        row -> plain(row.text("name"), row.text("billing_email"), row.text("country")),
                        organizationId))
                .orElseThrow();
    }

    /** Returns the default buyer details of an organization. */
    static InvoiceBuyer plain(String name, String email, String country) {
        return new InvoiceBuyer(new PostalAddress(name, "", "", "", country), "", email, "");
    }

    private static PostalAddress address(Row row) {
        return new PostalAddress(
                row.text("name"), row.text("street"), row.text("postcode"), row.text("city"), row.text("country"));
    }

    private static InvoiceSeller seller(Row row) {
        return new InvoiceSeller(
                address(row),
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

    private static InvoiceBuyer buyer(Row row) {
        return new InvoiceBuyer(
                address(row), row.text("region"), row.text("vat_number"), row.text("email"), row.text("reference"));
    }
}
