/** The adapter for Hetzner Cloud, tried with one that keeps what it is told, and with Hetzner's own contract. */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.provider.hetzner;
