/**
 * What people are told of: written within the transaction of what happened, one row for each person whom it concerns, read
 * only by that person. Owns {@code notification}, in each tenant's schema and in the platform's.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.people.notification;
