/**
 * What open pages are told while they are looked at, over a WebSocket. Only that something changed is said; the page asks for
 * it by an ordinary request, with the rights of its person.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.push;
