/**
 * Secrets that must be read again, such as a provider's token: sealed before they reach the database, by keys that never do. Owns no tables:
 * each owner of a secret has a column for it, and re-encrypts it when called as a {@link io.tenantry.kernel.secret.SecretStore}. Calls config.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.secret;
