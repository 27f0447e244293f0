/** Services from order to end. Owns {@code service, service_event}; calls charging, catalog, wallet, idempotency. */
@org.jspecify.annotations.NullMarked
package io.tenantry.provisioning;
