/**
 * Consoles of servers, for people at a browser: who may open one, where it leads, whose key the server must show, and what flows
 * between the two within bounds. Owns {@code console_ticket, service_host_key}; calls audit, identity, outbound, provider, provisioning,
 * servicekey, ssh.
 */
@NullMarked
package io.tenantry.terminal;

import org.jspecify.annotations.NullMarked;
