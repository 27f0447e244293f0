/** The outer HTTP layer: headers, configuration of the web application, health. Owns no data. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.http;
