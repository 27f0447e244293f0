package io.tenantry.billing.invoicing;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.tenancy.Sql;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** The settlement of a wallet's documents after its balance or one of its documents changed. */
record DocumentSettlement(Sql sql, AuditTrail audit) {
    private record Settled(int paid, int reopened) {}

    /**
     * Distributes the shortfall of a wallet over its documents, and audits those that were paid or reopened; the wallet is locked.
     *
     * @return the number of documents that are now paid
     */
    int settle(UUID walletId, Instant at) {
        var settled = sql.one(
                "select paid, reopened from settle_invoices(?, ?)",
                row -> new Settled(row.whole("paid"), row.whole("reopened")),
                walletId,
                at);
        record("invoice.paid", walletId, settled.paid());
        record("invoice.reopened", walletId, settled.reopened());
        return settled.paid();
    }

    private void record(String action, UUID walletId, int documents) {
        if (documents > 0) {
            audit.record(action, "wallet", walletId.toString(), Map.of("documents", documents));
        }
    }
}
