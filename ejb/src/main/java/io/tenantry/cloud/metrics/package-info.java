/**
 * Utilization of servers as measured by their providers: queried on demand, and cached for a minute. Owns no tables; calls identity, provider,
 * provisioning.
 */
@NullMarked
package io.tenantry.cloud.metrics;

import org.jspecify.annotations.NullMarked;
