/**
 * Invoice pages: the lists and documents that members and staff see. Owns no tables. Calls {@code billing.adjustment, billing.invoicing,
 * billing.tax, brand, catalog.fx, documents, documents.mail, people.identity}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.billing.invoicing;
