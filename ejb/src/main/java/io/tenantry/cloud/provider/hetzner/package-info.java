/**
 * Hetzner Cloud, by its API v1. Owns no tables. Calls {@code cloud.provider}. Nobody calls it: its {@link io.tenantry.cloud.provider.Provider}
 * is found as a bean.
 */
@NullMarked
package io.tenantry.cloud.provider.hetzner;

import org.jspecify.annotations.NullMarked;
