/**
 * Emails to people: an outbox written in the transaction of the event, emails in the brand's look, and the worker that sends them, with
 * documents as attachments. Owns tables {@code mail}, {@code invoice_delivery} and {@code invoice_delivery_preference}; calls bank, brand,
 * identity, invoicing, push, documents and the tenancy kernel, observes identity's events, and marks notifications and documents for which an
 * email was written.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.documents.mail;
