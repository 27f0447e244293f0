/**
 * Consoles of servers in the browser: a page, a console token for it, and the socket between the two. The data flow and the permissions are
 * decided by {@code cloud.console}. Owns no tables. Calls {@code cloud.console, cloud.provisioning, cloud.recording, people.identity}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.cloud.console;
