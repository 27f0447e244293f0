/**
 * Consoles of servers, for people at a browser: who may open one, where it leads, whose key the server must show, and what flows
 * between the two within bounds. Owns {@code console_token, service_host_key}; calls audit, identity, outbound, provider, provisioning,
 * servicekey, ssh.
 */
@NullMarked
package io.tenantry.cloud.console;

import org.jspecify.annotations.NullMarked;
