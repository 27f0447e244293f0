/**
 * Utilization of servers as measured by their providers: queried on demand, and cached for a minute. Owns no tables. Calls
 * {@code cloud.provider, cloud.provider.account, cloud.provisioning, people.identity}.
 */
@NullMarked
package io.tenantry.cloud.metrics;

import org.jspecify.annotations.NullMarked;
