/** The tenant of a request. Owns no tables. Calls {@code people.identity}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.tenancy;
