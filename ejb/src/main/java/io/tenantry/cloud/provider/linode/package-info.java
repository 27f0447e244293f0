/**
 * Linode, now Akamai's cloud, by version 4 of its API. Owns no tables. Calls {@code cloud.provider}. Nobody calls it: the bean
 * {@link io.tenantry.cloud.provider.linode.Linode} is found as a {@link io.tenantry.cloud.provider.Provider}.
 */
@NullMarked
package io.tenantry.cloud.provider.linode;

import org.jspecify.annotations.NullMarked;
