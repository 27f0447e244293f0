package io.tenantry.documents.mail;

import io.tenantry.billing.bank.BankTransferInstructions;
import io.tenantry.tenancy.Sql;
import java.util.Map;
import java.util.UUID;

/** An organization's bank transfer details for emails. */
public final class PaymentDetails {
    private PaymentDetails() {}

    /** Returns the variables for an email; empty until the reseller has entered its bank account. */
    public static Map<String, String> of(Sql sql, UUID organizationId) {
        return BankTransferInstructions.of(sql, organizationId)
                .map(way -> Map.of(
                        "holder", way.holder(),
                        "bank", way.bank(),
                        "iban", way.getSpacedIban(),
                        "bic", way.bic(),
                        "reference", way.getSpacedReference()))
                .orElseGet(Map::of);
    }
}
