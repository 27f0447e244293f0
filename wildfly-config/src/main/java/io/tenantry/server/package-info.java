/** Starts the runtime of Tenantry: an embedded PostgreSQL and the assembled WildFly. Owns no tables; calls no business code. */
@org.jspecify.annotations.NullMarked
package io.tenantry.server;
