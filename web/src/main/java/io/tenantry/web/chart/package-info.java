/** Charts rendered on the server. Owns no data. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.chart;
