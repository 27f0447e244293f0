/** The adapter to VirtFusion panels. Owns no tables; used by nobody, found as a bean. */
@NullMarked
package io.tenantry.cloud.provider.virtfusion;

import org.jspecify.annotations.NullMarked;
