package io.tenantry.billing.invoicing;

import io.tenantry.tenancy.Row;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;

/**
 * What a line of a document was made of.
 *
 * @param walletId whose money it was
 * @param periodId its rated period, if it is of hours
 * @param entryId the entry of the journal, if it is of anything else
 * @param late if it came too late for the document of its month
 */
public record LineSource(UUID walletId, Optional<Long> periodId, Optional<Long> entryId, Optional<CarriedOver> late) {
    /**
     * Of which month a line is that stands on a later document.
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
