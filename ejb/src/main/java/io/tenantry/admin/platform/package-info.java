/**
 * Creates and administers tenants, and manages what concerns the whole installation. Owns the directory's rows,
 * {@code key_rotation, key_use, audit_check}; calls identity, audit, secret, brand, wallet, notice, mail.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.admin.platform;
