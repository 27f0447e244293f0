/** Limits the load that one reseller may put on a node. Owns no tables. */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.limits;
