/**
 * DigitalOcean, by its API v2: droplets, volumes, keys, and the traffic observed by its monitoring. The resource tag of a droplet is a tag, that
 * of a volume is its name; tasks are DigitalOcean's actions. Owns no tables. Calls {@code cloud.provider}. Nobody calls it: its
 * {@link io.tenantry.cloud.provider.Provider} is found as a bean.
 */
@NullMarked
package io.tenantry.cloud.provider.digitalocean;

import org.jspecify.annotations.NullMarked;
