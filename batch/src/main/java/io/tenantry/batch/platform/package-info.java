/** Jobs that operators start by hand, and timers that delete the files these jobs leave. Owns no tables. Calls {@code admin.platform}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.platform;
