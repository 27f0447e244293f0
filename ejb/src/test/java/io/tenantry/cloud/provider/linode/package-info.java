/** The adapter for Linode, tested with a fake that stores what it receives, and with Linode's own contract. */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.provider.linode;
