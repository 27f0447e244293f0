/** Brings every schema up to date before anything else runs. Owns nothing; calls all. */
@org.jspecify.annotations.NullMarked
package io.tenantry.admin.startup;
