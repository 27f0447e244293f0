package io.tenantry.bank;

import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/** How an organization pays by bank transfer. */
@Stateless
public class BankTransfers {
    @Inject
    Sql sql;

    @Inject
    Access access;

    /**
     * Where to, and what is to be written into the transfer.
     *
     * @param holder of the account
     * @param bank empty if it is not said
     * @param bic empty if it is not said
     */
    public record Way(String holder, String bank, String iban, String bic, String reference) {
        /** As people read it. */
        public String getSpacedIban() {
            return CreditorReference.grouped(iban);
        }

        /** As people read it. */
        public String getSpacedReference() {
            return CreditorReference.grouped(reference);
        }
    }

    /** How an organization pays by bank transfer; empty as long as the reseller has not said its account. */
    public Optional<Way> of(UUID organizationId) {
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        return sql.first(
                """
                select s.name, s.bank, s.iban, s.bic, r.reference
                  from bank_reference r
                 cross join lateral (select * from invoice_seller order by id desc limit 1) s
                 where r.organization_id = ? and s.iban <> ''
                """,
                row -> new Way(
                        row.text("name"), row.text("bank"), row.text("iban"), row.text("bic"), row.text("reference")),
                organizationId);
    }
}
