/**
 * Who makes a request, and where they may go with it: Jakarta Security's mechanism and store, session, sign-out, and the
 * wall against requests that other sites make in a person's name. Owns no tables; calls identity.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.security;
