/** Stories told by moving the clock, inside the server, against the archive as it ships. */
@org.jspecify.annotations.NullMarked
package io.tenantry.scenario;
