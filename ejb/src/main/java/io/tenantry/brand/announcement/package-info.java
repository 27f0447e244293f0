/** Announcements of the reseller to its customers. Owns {@code announcement}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.brand.announcement;
