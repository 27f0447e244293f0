/**
 * Consoles of servers in the browser: who may open one, where it leads, which host key the server must present, and the bounded data flow
 * between the two. Owns {@code console_token, service_host_key}; calls audit, identity, outbound, provider, provisioning, servicekey, ssh.
 */
@NullMarked
package io.tenantry.cloud.console;

import org.jspecify.annotations.NullMarked;
