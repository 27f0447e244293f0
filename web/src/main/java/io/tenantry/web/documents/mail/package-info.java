/** The reseller's mails, as its staff look at them. Owns no tables; asks {@code mail}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.documents.mail;
