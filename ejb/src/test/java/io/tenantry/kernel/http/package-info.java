/** Requests to others. */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.http;
