/** What must hold when things break: nodes and databases that are killed, connections that are cut, clocks and leases that are wrong. */
@org.jspecify.annotations.NullMarked
package io.tenantry.faults;
