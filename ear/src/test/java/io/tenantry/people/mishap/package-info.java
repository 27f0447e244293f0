/** Within the application's own WAR in tests in the server: what its error pages are raised by. */
@org.jspecify.annotations.NullMarked
package io.tenantry.people.mishap;
