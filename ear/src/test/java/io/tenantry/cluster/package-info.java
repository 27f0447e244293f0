/** Nodes on one database and the proxy between them, for fault and speed tests. */
@org.jspecify.annotations.NullMarked
package io.tenantry.cluster;
