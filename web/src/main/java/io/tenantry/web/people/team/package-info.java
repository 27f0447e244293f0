/**
 * Who acts for an organization, for the reseller and for the platform, as pages show it: one list with the same actions for each. Owns no data; calls
 * identity.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.people.team;
