/** The reseller's emails, as its staff view them. Owns no tables; calls {@code mail}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.documents.mail;
