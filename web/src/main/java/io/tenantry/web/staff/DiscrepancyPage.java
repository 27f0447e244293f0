package io.tenantry.web.staff;

import io.tenantry.cloud.reconciliation.Discrepancies;
import io.tenantry.cloud.reconciliation.DiscrepancyActions;
import io.tenantry.cloud.reconciliation.DiscrepancyType;
import io.tenantry.people.identity.Permission;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** One finding at a vendor: what was seen, and what may be done about it. */
@Named
@ViewScoped
public class DiscrepancyPage extends DiscrepancyPageBase<Discrepancies.Finding> {
    private static final long serialVersionUID = 1L;

    @Inject
    Discrepancies discrepancies;

    @Inject
    DiscrepancyActions actions;

    @Override
    Calls<Discrepancies.Finding> calls() {
        return new Calls<>("/staff/discrepancy", discrepancies::one, actions::dismiss, actions::takeUp);
    }

    /** The server is one too many. */
    public void delete() {
        say(actions.delete(known()), "discrepancy.deleting");
    }

    /** The server is switched as its service says. */
    public void switchBack() {
        say(actions.switchBack(known()), "discrepancy.switching");
    }

    /** The other server is the service's. */
    public void adopt() {
        say(actions.adopt(known()), "discrepancy.adopted");
    }

    /** The address that was seen is the service's. */
    public void correctAddress() {
        say(actions.correctAddress(known()), "discrepancy.corrected");
    }

    /** The size that was seen is right. */
    public void acceptSize() {
        say(actions.acceptSize(known()), "discrepancy.accepted");
    }

    /** What was charged for a server that is missing is given back now. */
    public void giveBack() {
        say(actions.giveBack(known()), "discrepancy.given-back", "discrepancy.nothing-due");
    }

    /** Whether the server may be deleted. */
    public boolean isDeletable() {
        return isManaged() && getFinding().isToDecide() && getFinding().kind().isTooMany();
    }

    /** Whether something else than deleting puts it right: the name of that kind, or nothing. */
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

    /** Whether money may be given back for it by hand. */
    public boolean isRefundable() {
        return isManaged()
                && me.may(Permission.STAFF_BILLING_MANAGE)
                && getFinding().kind() == DiscrepancyType.MISSING
                && getFinding().isToDecide();
    }
}
