package io.tenantry.billing.wallet;

import java.math.BigDecimal;

/**
 * Tax terms that were applied to an item.
 *
 * @param termId their id
 * @param rate as a fraction of one, not as a percentage
 * @param isIncluded whether the price included the tax, or it was added
 */
public record AppliedTax(long termId, BigDecimal rate, boolean isIncluded) {}
