/** Jobs that those who run the server start by hand, and what looks after the files they leave. Owns no tables; calls platform. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.platform;
