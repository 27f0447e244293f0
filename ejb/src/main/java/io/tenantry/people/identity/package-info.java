/**
 * People, their authentication and their permissions. Owns {@code organization, person, credential, sign_in_failure, role, membership, api_key,
 * membership_invitation, one_time_link, staff_member, web_session, impersonation, invitation}, in each tenant's schema and, for operators, in
 * {@code platform}. Calls {@code people.notification}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.people.identity;
