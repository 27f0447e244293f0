/**
 * Notifications: written within the transaction of the event, one row for each person concerned, readable only by that person. Owns
 * {@code notification}, in each tenant's schema and in the platform's.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.people.notification;
