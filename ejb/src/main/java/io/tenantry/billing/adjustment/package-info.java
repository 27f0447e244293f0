/**
 * What a reseller gives up for its customers: money put into a wallet by hand, debts that are written off, and what credit notes give back, each
 * with a reason, and above a limit only when somebody else approves. Owns tables {@code adjustment*}; calls audit, exchange, identity, notice,
 * wallet and the tenancy kernel. Invoicing calls this package before it issues a credit note, and is called back
 * ({@link io.tenantry.billing.adjustment.ApprovedCreditIssuer}) when one was approved.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.adjustment;
