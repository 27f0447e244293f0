package io.tenantry.billing.tax;

import java.util.UUID;

/**
 * An organization says that it is in another country, or has another VAT number; heard within the same transaction.
 *
 * @param isNumberChanged whether the number is another one
 */
public record TaxLocationChanged(UUID organizationId, boolean isNumberChanged) {}
