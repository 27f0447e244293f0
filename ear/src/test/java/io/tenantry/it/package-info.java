/** What the tests in the server stand on: one server, one deployment of the archive that ships, for all of them. */
@org.jspecify.annotations.NullMarked
package io.tenantry.it;
