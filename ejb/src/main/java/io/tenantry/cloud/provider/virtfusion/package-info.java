/**
 * The adapter for VirtFusion panels. Owns no tables. Calls {@code cloud.provider}. Nobody calls it: its
 * {@link io.tenantry.cloud.provider.Provider} is found as a bean.
 */
@NullMarked
package io.tenantry.cloud.provider.virtfusion;

import org.jspecify.annotations.NullMarked;
