/** Requests exchange rates as they are published. Owns no tables. Calls {@code catalog.fx}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.fx;
