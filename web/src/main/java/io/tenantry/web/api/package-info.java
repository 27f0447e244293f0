/**
 * REST for programs, under {@code /api/v1}. Owns no tables. Calls use cases of {@code admin, billing, brand, catalog, cloud, documents, people}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.api;
