/** Migrates every schema before anything else runs. Owns nothing; calls all. */
@org.jspecify.annotations.NullMarked
package io.tenantry.admin.startup;
