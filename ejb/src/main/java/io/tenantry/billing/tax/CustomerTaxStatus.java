package io.tenantry.billing.tax;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * A customer's tax status with its evidence.
 *
 * @param until the last day of a limited exemption
 * @param document the certificate of an exemption
 * @param isExpired whether it was exempt until {@code from}, and no new status was set since
 */
public record CustomerTaxStatus(
        TaxCustomer.Status status,
        String evidence,
        Optional<Instant> from,
        Optional<LocalDate> until,
        Optional<UUID> document,
        boolean isExpired) {
    static final CustomerTaxStatus UNKNOWN = new CustomerTaxStatus(
            TaxCustomer.Status.CONSUMER, "", Optional.empty(), Optional.empty(), Optional.empty(), false);
}
