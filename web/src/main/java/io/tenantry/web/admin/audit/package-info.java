/** The audit trail as staff and operators read it. Owns no tables. Calls {@code kernel.audit, people.identity}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.admin.audit;
