package io.tenantry.web.concession;

import io.tenantry.concession.Concession;
import io.tenantry.concession.Concessions;
import io.tenantry.identity.Permission;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What of an invoice waits until somebody approves it, for pages of staff about the invoice. */
@Named
@RequestScoped
public class CreditWaiting {
    @Inject
    CurrentPerson me;

    @Inject
    Concessions concessions;

    private final Map<UUID, List<Concession>> known = new HashMap<>();

    /** Nothing for who may not see wallets. */
    public List<Concession> of(UUID invoiceId) {
        return me.may(Permission.STAFF_WALLETS_VIEW)
                ? known.computeIfAbsent(invoiceId, concessions::waitingOf)
                : List.of();
    }
}
