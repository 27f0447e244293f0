/** Limits the load that one reseller may put on a node. Owns no table; calls only the tenancy kernel. */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.limits;
