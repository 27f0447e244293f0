/** The minimal shell, tested without SSH. */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.provider.sandbox.shell;
