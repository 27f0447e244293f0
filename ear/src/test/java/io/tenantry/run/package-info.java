/** The application in operation: separate servers, started, killed and restarted. */
@org.jspecify.annotations.NullMarked
package io.tenantry.run;
