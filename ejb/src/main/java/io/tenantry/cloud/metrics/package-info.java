/**
 * How busy servers are, as their vendors measure it: asked for when somebody looks, and remembered for a minute. Owns no tables; calls
 * identity, provider, provisioning.
 */
@NullMarked
package io.tenantry.cloud.metrics;

import org.jspecify.annotations.NullMarked;
