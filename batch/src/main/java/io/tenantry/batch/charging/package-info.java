/** The job {@code hourly-charging}: opens runs and lets workers charge their slices. Owns no tables. Calls {@code billing.charging}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.charging;
