/** The audit trail as staff and operators read it. Owns no data; calls identity, which checks the permission. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.admin.audit;
