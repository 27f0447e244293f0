/** Nodes on one database, and what stands between them: for tests of faults and of speed. */
@org.jspecify.annotations.NullMarked
package io.tenantry.cluster;
