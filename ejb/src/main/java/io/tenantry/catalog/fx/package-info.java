/**
 * Daily exchange rates and their sources. Owns {@code platform.exchange_rate}, which is public and the same for all resellers; calls identity,
 * audit, outbound.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.catalog.fx;
