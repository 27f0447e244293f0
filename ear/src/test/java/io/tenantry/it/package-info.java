/** The basis of the tests in the server: one server and one deployment of the archive that ships, shared by all. */
@org.jspecify.annotations.NullMarked
package io.tenantry.it;
