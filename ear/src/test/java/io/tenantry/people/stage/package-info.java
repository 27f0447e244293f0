/** Beside the application in the server: prepares the data of a browser test through the application's own use cases. */
@org.jspecify.annotations.NullMarked
package io.tenantry.people.stage;
