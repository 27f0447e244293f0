/** Starts what Tenantry runs on: an embedded PostgreSQL and the assembled WildFly. Owns no tables; calls no business. */
@org.jspecify.annotations.NullMarked
package io.tenantry.server;
