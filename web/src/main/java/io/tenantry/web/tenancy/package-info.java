/** The tenant of a request. Owns no data; calls the tenancy kernel. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.tenancy;
