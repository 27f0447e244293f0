/** The small shell, tried without SSH. */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.provider.sandbox.shell;
