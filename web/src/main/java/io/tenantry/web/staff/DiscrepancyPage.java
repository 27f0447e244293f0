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
        say(actions.delete(known()), "discrepancy.deleting");
    }

    /** Switches the server to the power state of its service. */
    public void switchBack() {
        say(actions.switchBack(known()), "discrepancy.switching");
    }

    /** Assigns the other server to the service. */
    public void adopt() {
        say(actions.adopt(known()), "discrepancy.adopted");
    }

    /** Accepts the address found at the provider as the service's. */
    public void correctAddress() {
        say(actions.correctAddress(known()), "discrepancy.corrected");
    }

    /** Accepts the size found at the provider. */
    public void acceptSize() {
        say(actions.acceptSize(known()), "discrepancy.accepted");
    }

    /** Refunds the charges for a missing server now. */
    public void giveBack() {
        say(actions.giveBack(known()), "discrepancy.given-back", "discrepancy.nothing-due");
    }

    /** Whether the server may be deleted. */
    public boolean isDeletable() {
        return isManaged() && getFinding().isToDecide() && getFinding().kind().isTooMany();
    }

    /** Returns the kind of correction other than deletion, by name; empty if there is none. */
    public String getRemedy() {
        var it = getFinding();
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
                && getFinding().kind() == DiscrepancyType.MISSING
                && getFinding().isToDecide();
    }
}
