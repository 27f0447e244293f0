/** Re-encrypts secrets after a change of keys. Owns no tables. Calls {@code admin.platform}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.secret;
