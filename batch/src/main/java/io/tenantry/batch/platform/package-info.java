/** Jobs that server administrators start manually. Owns no tables; calls platform. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.platform;
