/** Notifies resellers of new wholesale prices on a schedule. Owns no tables. Calls {@code catalog.pricing}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.pricing;
