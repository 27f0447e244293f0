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
        say(actions.delete(known()), "finding.deleting");
    }

    /** The server is switched as its service says. */
    public void switchBack() {
        say(actions.switchBack(known()), "finding.switching");
    }

    /** The other server is the service's. */
    public void adopt() {
        say(actions.adopt(known()), "finding.adopted");
    }

    /** The address that was seen is the service's. */
    public void correctAddress() {
        say(actions.correctAddress(known()), "finding.corrected");
    }

    /** The size that was seen is right. */
    public void acceptSize() {
        say(actions.acceptSize(known()), "finding.accepted");
    }

    /** What was charged for a server that is missing is given back now. */
    public void giveBack() {
        say(actions.giveBack(known()), "finding.given-back", "finding.nothing-due");
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
            case RENUMBERED, DRIFT_ADDRESS, DRIFT_PLAN, DRIFT_POWER -> it.kind().name();
            default -> "";
        };
    }

    /** Whether money may be given back for it by hand. */
    public boolean isRefundable() {
        return isManaged()
                && me.may(Permission.STAFF_BILLING_MANAGE)
                && getFinding().kind() == DiscrepancyType.GHOST
                && getFinding().isToDecide();
    }
}
