/** The adapter to VirtFusion panels. Owns no tables; not used directly, found as a bean. */
@NullMarked
package io.tenantry.cloud.provider.virtfusion;

import org.jspecify.annotations.NullMarked;
