/**
 * People's paths, step by step in a browser, against the deployed archive: one class, so that it is deployed once for all. Also the cost of
 * pages for a server.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.people;
