/** Added to the application's own WAR by a test: the size of a session can be measured only from within. */
@org.jspecify.annotations.NullMarked
package io.tenantry.people.weighing;
