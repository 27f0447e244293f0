/**
 * Secrets that must be read again, such as a vendor's token: sealed before they reach the database, by keys that never do. Owns no tables:
 * whoever keeps a secret has a column for it, and seals it anew when asked as a {@link io.tenantry.kernel.secret.SecretStore}. Calls config.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.secret;
