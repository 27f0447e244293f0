/** Search for objects by name, in all districts, within what the current person may see. Owns no tables. Calls {@code people.identity}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.admin.search;
