/** Outgoing requests. */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.http;
