/**
 * Mails to people: an outbox written in the transaction of what a mail tells of, letters in the brand's look, and the worker that
 * sends them, with documents as files. Owns tables {@code mail}, {@code invoice_delivery} and {@code invoice_delivery_preference}; calls bank, brand, identity,
 * live, paper and the tenancy kernel, hears what identity tells, and notes on notices and documents that a letter was written.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.documents.mail;
