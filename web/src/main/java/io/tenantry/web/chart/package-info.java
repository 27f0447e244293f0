/** Bars as the server draws them. Owns no data. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.chart;
