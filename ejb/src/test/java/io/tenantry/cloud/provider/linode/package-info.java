/** The adapter for Linode, tried with a Linode that keeps what it is told, and with Linode's own contract. */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.provider.linode;
