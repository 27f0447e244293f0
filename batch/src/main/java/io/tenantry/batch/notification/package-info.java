/** Deletes old notifications on a schedule. Owns no tables. Calls {@code people.notification}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.notification;
