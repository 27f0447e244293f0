/**
 * Work outside of transactions: written in the transaction that decides on it, processed under a lease by the first available node, and
 * repeated until complete. Owns {@code work.work_item}; calls audit, identity, notice, live.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.workqueue;
