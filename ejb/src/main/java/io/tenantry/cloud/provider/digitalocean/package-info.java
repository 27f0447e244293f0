/**
 * DigitalOcean, by its API v2: droplets, volumes, keys, and what its monitoring saw of traffic. A droplet's mark is a tag, a volume's is its
 * name; tasks are DigitalOcean's actions. Used by nobody but the container, and calls only the seam, money and outbound.
 */
@NullMarked
package io.tenantry.cloud.provider.digitalocean;

import org.jspecify.annotations.NullMarked;
