/**
 * Consoles of servers in the browser: who may open one, where it leads, which host key the server must present, and the bounded data flow
 * between the two. Owns {@code console_token, service_host_key}. Calls {@code cloud.consolekeys, cloud.provider, cloud.provider.account,
 * cloud.provisioning, cloud.recording, people.identity}.
 */
@NullMarked
package io.tenantry.cloud.console;

import org.jspecify.annotations.NullMarked;
