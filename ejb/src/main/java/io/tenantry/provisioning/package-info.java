/**
 * Services from order to end. Owns {@code service, service_event, provider_call}; calls charging, catalog, wallet,
 * idempotency, provider, work.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.provisioning;
