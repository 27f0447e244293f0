/** Within the application's own WAR in tests in the server: triggers its error pages. */
@org.jspecify.annotations.NullMarked
package io.tenantry.people.mishap;
