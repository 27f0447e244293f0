/**
 * Mails to people: an outbox written in the transaction of what a mail tells of, letters in the brand's look, and the worker that
 * sends them. Owns table {@code mail}; calls brand, identity and the tenancy kernel, and hears what identity tells.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.mail;
