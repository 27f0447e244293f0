package io.tenantry.billing.adjustment;

import io.tenantry.billing.adjustment.Adjustments.Outcome;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.SortedMap;

/** Issues the document of an approved request. Implemented by package {@code billing.invoicing}, which can determine what is left of an invoice. */
public interface ApprovedCreditIssuer {
    /**
     * Issues the document under the adjustment's id, within the caller's transaction, which holds the wallet's lock. Checks no permission.
     *
     * @param lines the amount to credit for each line, by its position
     * @return why it is not issued, in which case nothing has changed; empty if it is issued
     */
    Optional<Outcome> issue(Adjustment asked, SortedMap<Integer, BigDecimal> lines);
}
