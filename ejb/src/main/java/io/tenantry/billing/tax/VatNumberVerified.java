package io.tenantry.billing.tax;

import java.util.UUID;

/**
 * VIES says of an organization's VAT number what it did not say before; heard within the same transaction.
 *
 * @param isProven whether it is valid, and of the country where the organization is
 * @param evidence what was said, in one line
 */
public record VatNumberVerified(UUID organizationId, String number, boolean isProven, String evidence) {}
