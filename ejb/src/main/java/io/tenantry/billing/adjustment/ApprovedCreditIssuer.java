package io.tenantry.billing.adjustment;

import io.tenantry.billing.adjustment.Adjustments.Outcome;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.SortedMap;

/** Issues the document that somebody asked for and somebody else has approved. Who issues documents knows how, and what of an invoice is left. */
public interface ApprovedCreditIssuer {
    /**
     * Issues it under the adjustment's id, as a part of the caller's transaction, which has the wallet's lock. Asks for no right.
     *
     * @param lines how much of which line is credited, by its position
     * @return why it is not issued, and then nothing has changed; empty if it is
     */
    Optional<Outcome> issue(Adjustment asked, SortedMap<Integer, BigDecimal> lines);
}
