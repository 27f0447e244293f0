package io.tenantry.documents.mail;

import io.tenantry.billing.bank.BankTransferInstructions;
import io.tenantry.tenancy.Sql;
import java.util.Map;
import java.util.UUID;

/** How an organization pays by bank transfer, as letters say it. */
public final class PaymentDetails {
    private PaymentDetails() {}

    /** Those facts of a letter; none as long as the reseller has not said its account. */
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
