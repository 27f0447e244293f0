/** Stored secrets. */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.secret;
