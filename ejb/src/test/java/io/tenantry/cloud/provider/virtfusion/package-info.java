/** The adapter to VirtFusion, against a panel of our own and against VirtFusion's contract. */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.provider.virtfusion;
