package io.tenantry.people.identity;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.kernel.query.ResultPage;
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

    /** Records, as {@link AuditTrail#find}. */
    public ResultPage<AuditTrail.Entry> find(ListQuery listQuery) {
        access.require(viewing());
        return trail.find(listQuery);
    }

    /** The rows alone, as {@link AuditTrail#rows}. */
    public List<AuditTrail.Entry> rows(ListQuery listQuery) {
        access.require(viewing());
        return trail.rows(listQuery);
    }

    /** What actions there are of, as {@link AuditTrail#areas}. */
    public List<String> areas() {
        access.require(viewing());
        return trail.areas();
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
