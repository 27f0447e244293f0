/**
 * Makes a repeated request one fact. Owns {@code idempotency_key}, in each tenant's schema and in {@code platform}. Calls {@code kernel.time}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.idempotency;
