/** Who did what: the audit trail as staff and operators read it. Owns nothing; calls identity, which checks the right. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.admin.audit;
