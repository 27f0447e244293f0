/**
 * Pages of the platform's operators: resellers, charging runs, auditor, health, keys. Owns no tables. Calls use cases of {@code admin, billing,
 * brand, kernel.cluster, people, workqueue}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.admin;
