package io.tenantry.web.staff;

import io.tenantry.cloud.reconciliation.Discrepancies;
import io.tenantry.cloud.reconciliation.DiscrepancyActions;
import io.tenantry.cloud.reconciliation.DiscrepancyType;
import io.tenantry.people.identity.Permission;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** One discrepancy at a provider: what was found, and the possible actions. */
@Named
@ViewScoped
public class DiscrepancyPage extends DiscrepancyPageBase<Discrepancies.Discrepancy> {
    private static final long serialVersionUID = 1L;

    @Inject
    Discrepancies discrepancies;

    @Inject
    DiscrepancyActions actions;

    @Override
    Calls<Discrepancies.Discrepancy> calls() {
        return new Calls<>("/staff/discrepancy", discrepancies::one, actions::dismiss, actions::takeUp);
    }

    /** Deletes the surplus server. */
    public void delete() {
        showOutcome(actions.delete(known()), "discrepancy.deleting");
    }

    /** Switches the server to the power state of its service. */
    public void switchBack() {
        showOutcome(actions.switchBack(known()), "discrepancy.switching");
    }

    /** Assigns the other server to the service. */
    public void adopt() {
        showOutcome(actions.adopt(known()), "discrepancy.adopted");
    }

    /** Accepts the address found at the provider as the service's. */
    public void correctAddress() {
        showOutcome(actions.correctAddress(known()), "discrepancy.corrected");
    }

    /** Accepts the size found at the provider. */
    public void acceptSize() {
        showOutcome(actions.acceptSize(known()), "discrepancy.accepted");
    }

    /** Refunds the charges for a missing server now. */
    public void giveBack() {
        showOutcome(actions.giveBack(known()), "discrepancy.credited", "discrepancy.nothing-due");
    }

    /** Whether the server may be deleted. */
    public boolean isDeletable() {
        return isManaged()
                && getDiscrepancy().isToDecide()
                && getDiscrepancy().kind().isTooMany();
    }

    /** Returns the kind of correction other than deletion, by name; empty if there is none. */
    public String getRemedy() {
        var it = getDiscrepancy();
        if (!isManaged() || !it.isToDecide()) {
            return "";
        }
        return switch (it.kind()) {
            case ID_CHANGED, DRIFT_ADDRESS, DRIFT_PLAN, DRIFT_POWER -> it.kind().name();
            default -> "";
        };
    }

    /** Whether the user may refund it manually. */
    public boolean isRefundable() {
        return isManaged()
                && me.may(Permission.STAFF_BILLING_MANAGE)
                && getDiscrepancy().kind() == DiscrepancyType.MISSING
                && getDiscrepancy().isToDecide();
    }
}
