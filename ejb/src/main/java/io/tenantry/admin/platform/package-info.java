/**
 * Creates and administers tenants, and manages what concerns the whole installation, such as hosts, keys and the demo's clock. Owns
 * {@code platform.tenant, platform.tenant_host, platform.demo_clock, platform.key_rotation, platform.key_use, platform.host_claim,
 * platform.audit_check}. Calls {@code billing.charging, billing.invoicing, brand, documents.mail, people.identity, people.notification,
 * settlement, workqueue}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.admin.platform;
