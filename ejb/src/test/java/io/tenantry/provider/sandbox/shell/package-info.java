/** The small shell, tried without SSH. */
@org.jspecify.annotations.NullMarked
package io.tenantry.provider.sandbox.shell;
