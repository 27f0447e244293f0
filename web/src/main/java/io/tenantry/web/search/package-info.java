/** Finding pages, things and actions by what they are called: the command palette and, without scripts, a page. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.search;
