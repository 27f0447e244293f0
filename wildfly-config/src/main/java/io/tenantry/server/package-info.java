/** Starts the runtime of Tenantry: an embedded PostgreSQL and the assembled WildFly. Owns no tables. */
@org.jspecify.annotations.NullMarked
package io.tenantry.server;
