/** Jobs that those who run the server start by hand. Owns no tables; calls platform. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.platform;
