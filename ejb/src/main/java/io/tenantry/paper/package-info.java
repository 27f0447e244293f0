/**
 * Documents as files: the PDF in the brand's look with the e-invoice in it, and the e-invoices alone. Owns {@code invoice_file}; calls invoicing,
 * brand, einvoice, money, tax.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.paper;
