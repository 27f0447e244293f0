/** Notifications on pages: the bell, its list and the page. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.people.notification;
