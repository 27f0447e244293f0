/**
 * The foundation of every other module, independent of them all: money, time, the ledger, the audit trail, secrets, signals between nodes,
 * idempotency keys, outgoing HTTP, lists of rows, limits, and the formats CSV, Markdown and SSH.
 *
 * <p>Public API: the public types of its packages. Tables: {@code ledger}, {@code audit} and {@code idempotency} in {@code db/tenant/kernel}.
 */
package io.tenantry.kernel;
