/**
 * Persons, their accounts, roles, sessions and API keys, and their notifications.
 *
 * <p>Public API: {@code identity.Access} checks permissions, {@code notification.Notifications} writes notifications. Tables:
 * {@code db/tenant/people}; the schema of the platform has the same ones, for operators.
 */
package io.tenantry.people;
