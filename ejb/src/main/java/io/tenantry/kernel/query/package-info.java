/** Lists that can be searched, filtered, sorted and paged: the query and its translation to SQL. Owns no tables. */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.query;
