/**
 * Authentication and access to surfaces: Jakarta Security's mechanism and store, session, sign-out, and the protection against cross-site
 * requests. Owns no tables. Calls {@code people.identity}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.security;
