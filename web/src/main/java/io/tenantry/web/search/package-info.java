/** Search for pages, records and actions by name: the command palette and, without scripts, a page. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.search;
