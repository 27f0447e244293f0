/** The adapter to VirtFusion, against a fake panel and against VirtFusion's contract. */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.provider.virtfusion;
