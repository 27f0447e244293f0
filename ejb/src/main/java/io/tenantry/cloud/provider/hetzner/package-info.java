/**
 * Hetzner Cloud, by its API v1. Owns no tables; calls the provider API, money and outbound, and is called by none: its provider is found as a
 * bean.
 */
@NullMarked
package io.tenantry.cloud.provider.hetzner;

import org.jspecify.annotations.NullMarked;
