/** Lets mails be sent by the clock. Owns no tables; calls mail. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.mail;
