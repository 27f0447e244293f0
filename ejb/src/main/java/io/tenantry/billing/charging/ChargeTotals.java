package io.tenantry.billing.charging;

import java.math.BigDecimal;

/**
 * Totals of a charged batch.
 *
 * @param wallets wallets whose services were charged
 * @param services services charged
 * @param hours hours charged, over all services
 * @param amount in the tenant's currency, at eight decimals
 */
public record ChargeTotals(int wallets, int services, long hours, BigDecimal amount) {}
