/**
 * The customer portal: dashboard, services, orders, wallet. Pages are thin: use cases decide what is allowed. Owns no tables. Calls use cases of
 * {@code admin.dashboard, billing, brand, catalog, cloud, dunning, people, workqueue}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.portal;
