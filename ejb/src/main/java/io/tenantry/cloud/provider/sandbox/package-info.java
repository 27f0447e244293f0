/**
 * The provider "sandbox", which needs no account: its servers are simulated within this process, but their SSH is real. Its state is kept in a
 * folder and survives a restart; time is the application clock's, so that operations that take seconds can be skipped. Which servers fail, and
 * how, is determined by their hostnames: see {@link io.tenantry.cloud.provider.sandbox.FaultInjection}. Owns no tables. Calls
 * {@code cloud.provider, cloud.provider.sandbox.screen, cloud.provider.sandbox.shell}.
 */
@NullMarked
package io.tenantry.cloud.provider.sandbox;

import org.jspecify.annotations.NullMarked;
