/** Re-encrypts secrets after a change of keys. Owns no tables; calls {@code platform} of {@code ejb}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.secret;
