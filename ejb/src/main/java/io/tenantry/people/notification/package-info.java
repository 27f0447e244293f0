/**
 * Notifications: written within the transaction of the event, one row for each person concerned, readable only by that person. Owns
 * {@code notification}, in each tenant's schema and in {@code platform}. Reads {@code member_permission_v, organization_label_v,
 * staff_permission_v, wallet_owner_v}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.people.notification;
