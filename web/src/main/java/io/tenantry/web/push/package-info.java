/**
 * Notifications to open pages over a WebSocket. They only state that something changed; the page loads it by an ordinary request, with the
 * permissions of its person. Owns no tables. Calls {@code kernel.push, people.identity}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.push;
