/**
 * Work outside of transactions: written in the transaction that decides on it, processed under a lease by the first available node, and repeated
 * until complete. Owns {@code work.work_item}. Calls {@code people.identity, people.notification}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.workqueue;
