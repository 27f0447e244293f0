/**
 * Search for pages, records and actions by name: the command palette and, without scripts, a page. Owns no tables. Calls {@code admin.search,
 * billing.accounting, people.identity}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.search;
