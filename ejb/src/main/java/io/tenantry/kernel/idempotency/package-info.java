/** Makes a repeated request one fact. Owns idempotency_key in every scope; calls only the tenancy kernel and id generation. */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.idempotency;
