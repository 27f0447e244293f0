/** The outer HTTP layer: headers, configuration of the web application, health. Owns no tables. Calls {@code people.identity}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.http;
