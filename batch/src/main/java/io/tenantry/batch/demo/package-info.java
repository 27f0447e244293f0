/**
 * Creates the demo data after the deployment. Owns no tables. Calls {@code admin.platform, billing.charging, billing.invoicing, demo,
 * settlement, workqueue}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.demo;
