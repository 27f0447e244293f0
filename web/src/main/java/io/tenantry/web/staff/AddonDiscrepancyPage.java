package io.tenantry.web.staff;

import io.tenantry.cloud.addon.AddonDiscrepancies;
import io.tenantry.cloud.addon.AddonDiscrepancyActions;
import io.tenantry.cloud.addon.AddonReconciliationSchedule.Kind;
import io.tenantry.cloud.addon.AddonType;
import io.tenantry.people.identity.Permission;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jspecify.annotations.Nullable;

/** A discrepancy of an add-on with its provider: what was found, the consequences of a decision, and the possible actions. */
@Named
@ViewScoped
public class AddonDiscrepancyPage extends DiscrepancyPageBase<AddonDiscrepancies.AddonDiscrepancy> {
    private static final long serialVersionUID = 1L;

    @Inject
    AddonDiscrepancies addonDiscrepancies;

    @Inject
    AddonDiscrepancyActions actions;

    private transient AddonDiscrepancies.@Nullable Amounts amounts;

    @Override
    Calls<AddonDiscrepancies.AddonDiscrepancy> calls() {
        return new Calls<>("/staff/addon-discrepancy", addonDiscrepancies::one, actions::dismiss, actions::takeUp);
    }

    /** Deletes a resource at the provider that no one pays for. */
    public void delete() {
        showOutcome(actions.delete(known()), "addon-discrepancy.deleting");
    }

    /** Switches backups on again. */
    public void switchOn() {
        showOutcome(actions.switchOn(known()), "addon-discrepancy.switching");
    }

    /** Accepts the size found at the provider as the one that is charged. */
    public void acceptSize() {
        showOutcome(actions.acceptSize(known()), "addon-discrepancy.accepted");
    }

    /** Ends the missing add-on, and refunds it. */
    public void giveBack() {
        showOutcome(actions.giveBack(known()), "addon-discrepancy.ended", "discrepancy.too-late");
    }

    /** Returns the financial consequences of a decision for the customer. */
    public AddonDiscrepancies.Amounts getAmounts() {
        var read = amounts;
        if (read == null) {
            read = addonDiscrepancies.amounts(getDiscrepancy());
            amounts = read;
        }
        return read;
    }

    /** Whether it may be deleted at the provider. */
    public boolean isDeletable() {
        return isManaged() && getDiscrepancy().isDeletable();
    }

    /** Whether it may be ended and refunded. */
    public boolean isRefundable() {
        return isPayable() && getDiscrepancy().kind() == Kind.MISSING;
    }

    /** Whether its size may be accepted and charged. */
    public boolean isAcceptable() {
        return isPayable() && getDiscrepancy().kind() == Kind.SIZE;
    }

    /** Whether backups may be switched on again. */
    public boolean isSwitchable() {
        return isPending()
                && getDiscrepancy().kind() == Kind.MISSING
                && getDiscrepancy().of() == AddonType.BACKUP;
    }

    private boolean isPayable() {
        return isPending() && me.may(Permission.STAFF_BILLING_MANAGE);
    }

    private boolean isPending() {
        return isManaged()
                && getDiscrepancy().history().isToDecide()
                && getDiscrepancy().isRight();
    }
}
