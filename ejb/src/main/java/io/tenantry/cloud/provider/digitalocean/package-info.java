/**
 * DigitalOcean, by its API v2: droplets, volumes, keys, and the traffic observed by its monitoring. The mark of a droplet is a tag, that of a
 * volume is its name; tasks are DigitalOcean's actions. Used by the container only; calls only the provider API, money and outbound.
 */
@NullMarked
package io.tenantry.cloud.provider.digitalocean;

import org.jspecify.annotations.NullMarked;
