/**
 * The appearance of a tenant: name, colors, pictures, contact, legal texts, and the contrast that keeps it legible. Owns tables {@code brand},
 * {@code brand_version}, {@code brand_picture} and {@code legal_text}; calls identity, the audit trail and the tenancy kernel.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.brand;
