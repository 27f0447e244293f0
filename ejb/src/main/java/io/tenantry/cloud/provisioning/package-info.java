/**
 * Services from order to end, and the operations on their servers meanwhile. Owns {@code service, service_event, provider_call,
 * service_launch_config, service_operation, service_address, order_policy}. Reads {@code addon_v}. Calls {@code billing.charging,
 * billing.wallet, catalog, cloud.consolekeys, cloud.launch, cloud.provider, cloud.provider.account, cloud.provider.catalog,
 * cloud.provider.sandbox, people.identity, people.notification, settlement, workqueue}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.provisioning;
