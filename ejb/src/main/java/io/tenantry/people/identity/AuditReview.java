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

/** Reads the audit trail of the current scope, with permission checks. */
@Stateless
public class AuditReview {
    @Inject
    Access access;

    @Inject
    AuditTrail trail;

    /** Returns records, like {@link AuditTrail#find}. */
    public ResultPage<AuditTrail.Entry> find(ListQuery listQuery) {
        access.require(viewing());
        return trail.find(listQuery);
    }

    /** Returns the rows without the total, like {@link AuditTrail#rows}. */
    public List<AuditTrail.Entry> rows(ListQuery listQuery) {
        access.require(viewing());
        return trail.rows(listQuery);
    }

    /** Returns the areas of recorded actions, like {@link AuditTrail#areas}. */
    public List<String> areas() {
        access.require(viewing());
        return trail.areas();
    }

    /** Returns the first fault of the chain, like {@link AuditTrail#verifyChain}. */
    public Optional<AuditTrail.Fault> verifyChain() {
        access.require(viewing());
        return trail.verifyChain();
    }

    private static String viewing() {
        return Tenancy.scope().equals(Scope.PLATFORM) ? Permission.PLATFORM_AUDIT_VIEW : Permission.STAFF_AUDIT_VIEW;
    }
}
