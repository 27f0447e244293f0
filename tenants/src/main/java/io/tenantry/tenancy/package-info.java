/**
 * Which tenant is this, which schema and role, is it migrated. Owns schema {@code platform}'s directory tables; calls
 * nobody.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.tenancy;
