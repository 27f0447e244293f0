/** The customer portal: dashboard, services, orders, wallet. Pages are thin: use cases decide what is allowed. Owns no data. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.portal;
