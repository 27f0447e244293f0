/**
 * Mails to people: an outbox written in the transaction of what a mail tells of, letters in the brand's look, and the worker that
 * sends them. Owns table {@code mail}; calls brand, identity, live and the tenancy kernel, hears what identity tells, and
 * notes on notices that a letter was written.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.mail;
