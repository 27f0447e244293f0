/**
 * The teams of an organization, of the reseller and of the platform on pages: one list with the same actions for each. Owns no tables. Calls
 * {@code people.identity}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.people.team;
