package io.tenantry.invoicing;

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
public record LineOrigin(UUID walletId, Optional<Long> periodId, Optional<Long> entryId, Optional<Late> late) {
    /**
     * Of which month a line is that stands on a later document.
     *
     * @param document that of the month; empty if there was none
     */
    public record Late(YearMonth month, Optional<Corrections.Reference> document) {}

    static LineOrigin of(Row row, ZoneId zone) {
        return new LineOrigin(
                row.uuid("wallet_id"),
                row.maybeBig("rated_period_id"),
                row.maybeBig("entry_id"),
                row.maybeInstant("late_at")
                        .map(at -> new Late(
                                BillingPeriod.holding(at, zone).month(),
                                row.maybeText("late_document").map(Corrections.Reference::of))));
    }
}
