/** Creates the demo data after the deployment. Owns no tables; calls demo of {@code ejb}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.demo;
