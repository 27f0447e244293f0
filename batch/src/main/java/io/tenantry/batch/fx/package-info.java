/** Requests exchange rates as they are published. Owns no tables; calls exchange. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.fx;
