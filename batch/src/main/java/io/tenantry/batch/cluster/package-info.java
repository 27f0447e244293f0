/** Heartbeats, and the cleanup after nodes that sent none. Owns no tables; calls nodes of {@code ejb}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.cluster;
