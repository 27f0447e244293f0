/** Which tenant a request is for. Owns no data; asks the tenancy kernel. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.tenancy;
