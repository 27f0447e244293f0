/** Charts rendered on the server. Owns no tables. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.chart;
