/** Makes the demo behind the deployment's back. Owns no tables; calls demo of {@code ejb}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.demo;
