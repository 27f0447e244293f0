/**
 * Authentication and access to surfaces: Jakarta Security's mechanism and store, session, sign-out, and the protection against cross-site
 * requests. Owns no tables; calls identity.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.security;
