/**
 * Lists that can be searched, filtered, sorted and paged: the query, its translation to SQL, and rows with amounts of several currencies. Owns no
 * tables.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.query;
