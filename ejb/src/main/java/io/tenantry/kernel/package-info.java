/**
 * The foundation of every other district, independent of them all: money, time, the ledger, the audit trail, secrets, signals between nodes,
 * idempotency keys, outgoing HTTP, lists of rows, limits, and the formats CSV, Markdown and SSH. Every package may call it, and those of module
 * {@code tenants}; the descriptions of other packages do not list them.
 *
 * <p>Public API: the public types of its packages. Tables: {@code ledger}, {@code audit} and {@code idempotency} in {@code db/tenant/kernel},
 * {@code cluster} in {@code db/work}.
 */
package io.tenantry.kernel;
