/**
 * The appearance of a tenant: name, colors, pictures, contact, legal texts, and the contrast that keeps it legible. Owns {@code brand_picture,
 * brand, brand_version, legal_text}. Calls {@code people.identity}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.brand;
