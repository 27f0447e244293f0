package io.tenantry.identity;

import io.tenantry.audit.AuditTrail;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Reading the audit trail of the current scope, for those who may. */
@Stateless
public class AuditReview {
    @Inject
    Access access;

    @Inject
    AuditTrail trail;

    /** The newest records first, as {@link AuditTrail#page}. */
    public List<AuditTrail.Entry> page(long before, Optional<String> action, Optional<String> subjectId, int limit) {
        access.require(viewing());
        return trail.page(before, action, subjectId, limit);
    }

    /** The first fault of the chain, as {@link AuditTrail#verifyChain}. */
    public Optional<AuditTrail.Fault> verifyChain() {
        access.require(viewing());
        return trail.verifyChain();
    }

    private static String viewing() {
        return Tenancy.scope().equals(Scope.PLATFORM) ? Permission.PLATFORM_AUDIT_VIEW : Permission.STAFF_AUDIT_VIEW;
    }
}
