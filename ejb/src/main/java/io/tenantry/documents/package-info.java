/**
 * Documents as files: the PDF in the reseller's look, with the embedded e-invoice, and the e-invoices alone. Owns {@code invoice_file,
 * document_template, document_text}. Calls {@code billing.einvoice, billing.invoicing, billing.tax, billing.wallet, brand, catalog.fx,
 * people.identity, settlement}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.documents;
