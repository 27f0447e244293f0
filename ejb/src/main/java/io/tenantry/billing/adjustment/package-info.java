/**
 * Adjustments in favor of a reseller's customers: manual credits to wallets, write-offs of debts, and credit notes, each with a reason, and
 * above a limit only with the approval of a second person. Owns {@code approval_limit, adjustment, adjustment_decision, adjustment_invoice,
 * adjustment_line, preapproved_document}. Reads {@code booked_transaction_v, corrected_line_v, credit_note_v, invoice_label_v}. Calls
 * {@code billing.wallet, catalog.fx, people.identity, people.notification}. Invoicing calls it before it issues a credit note, and is called
 * back ({@link io.tenantry.billing.adjustment.ApprovedCreditIssuer}) when one was approved.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.adjustment;
