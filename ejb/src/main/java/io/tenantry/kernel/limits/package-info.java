/** Limits what one reseller may cost a node. Owns no table; calls only the tenancy kernel. */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.limits;
