/**
 * People, their authentication and their permissions. Owns organization, person, credential, one_time_link, sign_in_failure, role, membership,
 * staff_member, web_session, impersonation, invitation and api_key, in each tenant's schema and in the platform's (operators are persons
 * there). May call audit, time and the tenancy kernel.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.people.identity;
