package io.tenantry.web.billing.approval;

import io.tenantry.billing.adjustment.Adjustment;
import io.tenantry.billing.adjustment.Adjustments;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The requests for an invoice that wait for approval, for staff pages about the invoice. */
@Named
@RequestScoped
public class PendingCreditView {
    @Inject
    CurrentPerson me;

    @Inject
    Adjustments adjustments;

    private final Map<UUID, List<Adjustment>> known = new HashMap<>();

    /** Returns the requests; empty if the user may not view wallets. */
    public List<Adjustment> of(UUID invoiceId) {
        return me.may(Permission.STAFF_BILLING_VIEW)
                ? known.computeIfAbsent(invoiceId, adjustments::waitingOf)
                : List.of();
    }
}
