/** Makes a repeated request one fact. Owns idempotency_key in every scope; calls only the tenancy kernel and what makes ids. */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.idempotency;
