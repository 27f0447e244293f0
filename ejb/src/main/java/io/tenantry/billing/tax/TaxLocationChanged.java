package io.tenantry.billing.tax;

import java.util.UUID;

/**
 * An organization has changed its country or its VAT number; observed within the same transaction.
 *
 * @param isNumberChanged whether the number has changed
 */
public record TaxLocationChanged(UUID organizationId, boolean isNumberChanged) {}
