/** Beside the application in the server: prepares what a browser test begins with, by the application's own use cases. */
@org.jspecify.annotations.NullMarked
package io.tenantry.people.stage;
