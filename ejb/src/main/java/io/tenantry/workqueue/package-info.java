/**
 * What is to be done outside of a transaction: written in the one that decides it, done under a lease by whichever node comes first,
 * again and again until the world is as it should be. Owns {@code work.work_item}; calls audit, identity, notice, live.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.workqueue;
