/** The errors shown to people and programs. Owns no tables. Calls {@code cloud.provisioning, people.identity}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.problem;
