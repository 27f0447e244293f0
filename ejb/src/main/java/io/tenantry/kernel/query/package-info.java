/** Lists that people search, narrow, sort and leaf through: what is wanted of one, and how that becomes SQL. Owns no data. */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.query;
