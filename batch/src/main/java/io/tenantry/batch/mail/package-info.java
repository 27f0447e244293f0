/** Sends emails on a schedule. Owns no tables. Calls {@code documents.mail}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.mail;
