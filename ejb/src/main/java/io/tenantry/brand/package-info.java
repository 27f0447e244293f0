/**
 * How a tenant looks and speaks: name, colours, pictures, contact, legal texts, and the contrast that keeps it readable. Owns
 * tables {@code brand}, {@code brand_version}, {@code brand_picture} and {@code legal_text}; calls identity, the audit trail and
 * the tenancy kernel.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.brand;
