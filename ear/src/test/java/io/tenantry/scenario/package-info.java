/** Scenarios that move the clock, inside the server, against the archive as it ships. */
@org.jspecify.annotations.NullMarked
package io.tenantry.scenario;
