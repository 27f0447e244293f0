package io.tenantry.billing.bank;

import io.tenantry.tenancy.Sql;
import java.util.Optional;
import java.util.UUID;

/**
 * Instructions for an organization's bank transfers: the account to pay to and the payment reference.
 *
 * @param holder the account holder
 * @param bank empty if it is not set
 * @param bic empty if it is not set
 */
public record BankTransferInstructions(String holder, String bank, String iban, String bic, String reference) {
    /** SQL condition: whether the reseller has entered a bank account, so that customers can pay by bank transfer. */
    public static final String IS_SAID =
            "exists (select from (select iban from invoice_seller order by id desc limit 1) a where a.iban <> '')";

    /** The IBAN grouped for reading. */
    public String getSpacedIban() {
        return CreditorReference.grouped(iban);
    }

    /** The reference grouped for reading. */
    public String getSpacedReference() {
        return CreditorReference.grouped(reference);
    }

    /**
     * Returns the instructions for an organization; empty until the reseller has entered its bank account. Checks no permission: called by code
     * that did, or for emails.
     */
    public static Optional<BankTransferInstructions> of(Sql sql, UUID organizationId) {
        return sql.first(
                """
                select s.name, s.bank, s.iban, s.bic, r.reference
                  from bank_reference r
                 cross join lateral (select * from invoice_seller order by id desc limit 1) s
                 where r.organization_id = ? and s.iban <> ''
                """,
                row -> new BankTransferInstructions(
                        row.text("name"), row.text("bank"), row.text("iban"), row.text("bic"), row.text("reference")),
                organizationId);
    }
}
