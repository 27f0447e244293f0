/** Notifications on pages: the bell, its list and the page. Owns no tables. Calls {@code people.notification}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.people.notification;
