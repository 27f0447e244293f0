/** Sends emails on a schedule. Owns no tables; calls mail. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.mail;
