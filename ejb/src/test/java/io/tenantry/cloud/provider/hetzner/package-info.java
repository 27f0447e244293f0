/** The adapter for Hetzner Cloud, tested with a fake that stores what it receives, and with Hetzner's own contract. */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.provider.hetzner;
