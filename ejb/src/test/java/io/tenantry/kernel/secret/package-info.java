/** Secrets that are kept. */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.secret;
