/**
 * Emails to people: an outbox written in the transaction of the event, emails in the brand's look, and the worker that sends them, with
 * documents as attachments. Owns {@code mail, invoice_delivery, invoice_delivery_preference, settlement_delivery} in each tenant's schema, and
 * {@code platform.mail}. Calls {@code billing.bank, billing.invoicing, brand, documents, people.identity, people.notification, settlement}. It
 * observes events of {@code people.identity}, and marks the notifications and documents for which an email was written.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.documents.mail;
