/**
 * Schedules reconciliation, the reading of provider catalogs and the metering of transfer. Owns no tables. Calls {@code cloud.addon,
 * cloud.provider.catalog, cloud.reconciliation, cloud.transfer}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.reconciliation;
