/**
 * Hetzner Cloud, by its API v1. Owns no tables; calls the seam, money and outbound, and is called by nobody: its vendor is found as a bean.
 */
@NullMarked
package io.tenantry.cloud.provider.hetzner;

import org.jspecify.annotations.NullMarked;
