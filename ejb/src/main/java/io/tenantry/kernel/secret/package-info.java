/**
 * Secrets that must be read again, such as a provider's token: sealed before they reach the database, by keys that never do. Each owner of a
 * secret has a column for it, and re-encrypts it as a {@link io.tenantry.kernel.secret.SecretStore}. Owns no tables.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.secret;
