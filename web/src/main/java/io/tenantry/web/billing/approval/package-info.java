/**
 * Staff pages about adjustments for customers and their approval. Owns no tables. Calls {@code billing.adjustment, billing.invoicing,
 * billing.wallet, people.identity}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.billing.approval;
