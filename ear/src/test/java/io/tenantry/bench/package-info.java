/** The benchmark: a trace of real servers charged by the real job. None of it ships; it calls the server module and, over HTTP, the driver. */
@org.jspecify.annotations.NullMarked
package io.tenantry.bench;
