/**
 * Linode, now Akamai's cloud, by version 4 of its API. Owns no tables; calls the provider API, money and outbound, and is called by none: the
 * bean {@link io.tenantry.cloud.provider.linode.Linode} is found as a {@link io.tenantry.cloud.provider.Provider}.
 */
@NullMarked
package io.tenantry.cloud.provider.linode;

import org.jspecify.annotations.NullMarked;
