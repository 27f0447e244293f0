/** The adapter to DigitalOcean against a fake provider, and against DigitalOcean's contract. */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.provider.digitalocean;
