/**
 * What an organization's servers are created with: its SSH keys and startup scripts. Owns {@code ssh_key, startup_script}. Calls
 * {@code people.identity}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.launch;
