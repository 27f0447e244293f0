/**
 * All money between a reseller and its customers: wallets, hourly charging, taxes, invoices and their corrections, bank statements, adjustments with
 * approval, accounting exports and reports.
 *
 * <p>Public API: {@code wallet.Wallets} moves money, {@code charging.Charging} starts and ends charging, {@code invoicing} issues and corrects documents.
 * Every movement is a balanced entry of {@code kernel.ledger}. Tables: {@code db/tenant/billing}.
 */
package io.tenantry.billing;
