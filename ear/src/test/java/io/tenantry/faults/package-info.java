/** Invariants under faults: killed nodes and databases, cut connections, wrong clocks and leases. */
@org.jspecify.annotations.NullMarked
package io.tenantry.faults;
