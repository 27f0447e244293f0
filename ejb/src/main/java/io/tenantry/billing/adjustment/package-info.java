/**
 * Adjustments in favor of a reseller's customers: manual credits to wallets, write-offs of debts, and credit notes, each with a reason, and
 * above a limit only with the approval of a second person. Owns tables {@code adjustment*}; calls audit, fx, identity, notification, wallet and
 * the tenancy kernel. Invoicing calls this package before it issues a credit note, and is called back
 * ({@link io.tenantry.billing.adjustment.ApprovedCreditIssuer}) when one was approved.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.adjustment;
