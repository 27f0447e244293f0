/** Heartbeats, and the cleanup after nodes that sent none. Owns no tables. Calls {@code kernel.cluster}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.cluster;
