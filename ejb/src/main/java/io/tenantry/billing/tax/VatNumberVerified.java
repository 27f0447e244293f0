package io.tenantry.billing.tax;

import java.util.UUID;

/**
 * VIES has answered differently than before about an organization's VAT number; observed within the same transaction.
 *
 * @param isProven whether it is valid, and of the organization's country
 * @param evidence the answer, in one line
 */
public record VatNumberVerified(UUID organizationId, String number, boolean isProven, String evidence) {}
