package io.tenantry.billing.bank;

import io.tenantry.tenancy.Sql;
import java.util.Optional;
import java.util.UUID;

/**
 * How an organization pays by bank transfer: where to, and what is to be written into the transfer.
 *
 * @param holder of the account
 * @param bank empty if it is not said
 * @param bic empty if it is not said
 */
public record BankTransferInstructions(String holder, String bank, String iban, String bic, String reference) {
    /** A condition of SQL: whether the reseller has said an account, so that customers can pay at all. */
    public static final String IS_SAID =
            "exists (select from (select iban from invoice_seller order by id desc limit 1) a where a.iban <> '')";

    /** As people read it. */
    public String getSpacedIban() {
        return CreditorReference.grouped(iban);
    }

    /** As people read it. */
    public String getSpacedReference() {
        return CreditorReference.grouped(reference);
    }

    /** That of an organization; empty as long as the reseller has not said its account. Asks for no right: part of what did, or of letters. */
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
