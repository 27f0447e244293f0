/**
 * Persons, their accounts, roles, sessions and API keys, and what they are notified of.
 *
 * <p>Public API: {@code identity.Access} asks for permissions, {@code notification.Notifications} writes notifications. Tables:
 * {@code db/tenant/people}; the schema of the platform has the same ones, for operators.
 */
package io.tenantry.people;
