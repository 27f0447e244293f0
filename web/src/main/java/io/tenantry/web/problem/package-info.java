/** The errors shown to people and programs. Owns no data. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.problem;
