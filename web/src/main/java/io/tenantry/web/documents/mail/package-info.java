/** The reseller's emails, as its staff view them. Owns no tables. Calls {@code documents, documents.mail, people.identity}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.documents.mail;
