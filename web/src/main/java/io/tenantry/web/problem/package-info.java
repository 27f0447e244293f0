/** What people and programs are told when something fails. Owns no data. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.problem;
