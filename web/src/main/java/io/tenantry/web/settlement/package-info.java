/**
 * Pages about settlements between the platform and its resellers, for both sides. Owns no tables. Calls {@code admin.platform,
 * billing.invoicing, billing.tax, documents, documents.mail, people.identity, settlement}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.settlement;
