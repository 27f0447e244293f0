/** Search for objects by name, across all modules, within what the current person may see. Owns no data. */
@org.jspecify.annotations.NullMarked
package io.tenantry.admin.search;
