/**
 * Services from order to end, and the operations on their servers meanwhile. Owns
 * {@code service, service_event, service_launch_config, service_operation, service_address, provider_call, order_policy}; calls charging,
 * catalog, wallet, idempotency, launch, provider, servicekey, work.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.provisioning;
