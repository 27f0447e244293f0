/**
 * The vendor "sandbox", which needs no account: its servers are simulated within this process, but their SSH is real. Keeps what it has in
 * a folder, so that it is there after a restart; time is the clock's, so that what takes seconds can be moved. Which servers go wrong, and
 * how, is told by their hostnames: see {@link io.tenantry.cloud.provider.sandbox.FaultInjection}.
 */
@NullMarked
package io.tenantry.cloud.provider.sandbox;

import org.jspecify.annotations.NullMarked;
