/**
 * Documents as files: the PDF in the reseller's look, with the embedded e-invoice, and the e-invoices alone. Owns {@code invoice_file},
 * {@code document_template} and {@code document_text}; calls audit, brand, einvoice, identity, invoicing, money, tax.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.documents;
