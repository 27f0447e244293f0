package io.tenantry.billing.invoicing;

import io.tenantry.tenancy.Sql;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;

/** The wallet that an organization currently pays from. */
record DefaultWallet(UUID id, Currency currency) {
    static Optional<DefaultWallet> of(Sql sql, UUID organizationId) {
        return sql.first(
                "select id, currency from wallet where organization_id = ? and closed_at is null",
                row -> new DefaultWallet(row.uuid("id"), Currency.getInstance(row.text("currency"))),
                organizationId);
    }
}
