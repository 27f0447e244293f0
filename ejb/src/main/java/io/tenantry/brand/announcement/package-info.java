/** Announcements of the reseller to its customers. Owns {@code announcement}. Calls {@code people.identity}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.brand.announcement;
