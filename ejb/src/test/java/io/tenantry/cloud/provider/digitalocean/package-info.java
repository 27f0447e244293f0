/** The adapter to DigitalOcean against a vendor of our own making, and against DigitalOcean's contract. */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.provider.digitalocean;
