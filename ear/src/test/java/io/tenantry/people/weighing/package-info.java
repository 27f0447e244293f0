/** In the application's own WAR, where a test puts it: what a session weighs can be told only from within. */
@org.jspecify.annotations.NullMarked
package io.tenantry.people.weighing;
