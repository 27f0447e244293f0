/** The job {@code settlement}: opens runs of months that have ended and lets workers settle them. Owns no tables. Calls {@code settlement}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.settlement;
