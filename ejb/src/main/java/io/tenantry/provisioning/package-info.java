/**
 * Services from order to end. Owns {@code service, service_event, service_beginning, provider_call}; calls charging,
 * catalog, wallet, idempotency, launch, provider, servicekey, work.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.provisioning;
