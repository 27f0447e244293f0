package io.tenantry.billing.invoicing;

import io.tenantry.tenancy.Row;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;

/**
 * Source of a document line.
 *
 * @param walletId the wallet that was charged
 * @param periodId its rated period, for hours
 * @param entryId the journal entry, for anything else
 * @param late set if it came too late for the document of its month
 */
public record LineSource(UUID walletId, Optional<Long> periodId, Optional<Long> entryId, Optional<CarriedOver> late) {
    /**
     * The original month of a line on a later document.
     *
     * @param document that of the month; empty if there was none
     */
    public record CarriedOver(YearMonth month, Optional<InvoiceReferences.Reference> document) {}

    static LineSource of(Row row, ZoneId zone) {
        return new LineSource(
                row.uuid("wallet_id"),
                row.maybeBig("rated_period_id"),
                row.maybeBig("entry_id"),
                row.maybeInstant("late_at")
                        .map(at -> new CarriedOver(
                                BillingPeriod.holding(at, zone).month(),
                                row.maybeText("late_document").map(InvoiceReferences.Reference::of))));
    }
}
