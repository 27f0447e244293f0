/**
 * Consoles of servers in the browser: a page, a ticket for it, and the socket between the two. What flows and who may is decided by
 * {@code io.tenantry.cloud.console}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.cloud.console;
