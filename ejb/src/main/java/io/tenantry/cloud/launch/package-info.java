/**
 * What an organization's servers are created with: its SSH keys and start-up scripts. Owns {@code ssh_key, startup_script}; calls identity,
 * audit.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.launch;
