/**
 * The nodes that are alive, and which of them runs which batch execution. Owns {@code work.node, work.job_execution}. Calls {@code kernel.time}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.cluster;
