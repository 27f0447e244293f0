/** Proof that no tenant ever sees a byte of another's, and what many tenants cost. */
@org.jspecify.annotations.NullMarked
package io.tenantry.isolation;
