/**
 * What people do, step by step in a browser, against the deployed archive: one class, so that it is deployed once for all. Beside it what
 * pages cost a server.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.people;
