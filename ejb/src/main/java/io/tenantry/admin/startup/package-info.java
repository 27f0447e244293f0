/** Migrates every schema before anything else runs. Owns no tables. Calls {@code admin.platform, cloud.provider.sandbox}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.admin.startup;
