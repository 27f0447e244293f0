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
    AddonDiscrepancies findings;

    @Inject
    AddonDiscrepancyActions actions;

    private transient AddonDiscrepancies.@Nullable Amounts amounts;

    @Override
    Calls<AddonDiscrepancies.AddonDiscrepancy> calls() {
        return new Calls<>("/staff/addon-discrepancy", findings::one, actions::dismiss, actions::takeUp);
    }

    /** Deletes a resource at the provider that no one pays for. */
    public void delete() {
        say(actions.delete(known()), "addon-discrepancy.deleting");
    }

    /** Switches backups on again. */
    public void switchOn() {
        say(actions.switchOn(known()), "addon-discrepancy.switching");
    }

    /** Accepts the size found at the provider as the one that is charged. */
    public void acceptSize() {
        say(actions.acceptSize(known()), "addon-discrepancy.accepted");
    }

    /** Ends the missing add-on, and refunds it. */
    public void giveBack() {
        say(actions.giveBack(known()), "addon-discrepancy.ended", "discrepancy.too-late");
    }

    /** Returns the financial consequences of a decision for the customer. */
    public AddonDiscrepancies.Amounts getAmounts() {
        var read = amounts;
        if (read == null) {
            read = findings.amounts(getFinding());
            amounts = read;
        }
        return read;
    }

    /** Whether it may be deleted at the provider. */
    public boolean isDeletable() {
        return isManaged() && getFinding().isDeletable();
    }

    /** Whether it may be ended and refunded. */
    public boolean isRefundable() {
        return isPayable() && getFinding().kind() == Kind.MISSING;
    }

    /** Whether its size may be accepted and charged. */
    public boolean isAcceptable() {
        return isPayable() && getFinding().kind() == Kind.SIZE;
    }

    /** Whether backups may be switched on again. */
    public boolean isSwitchable() {
        return isPending()
                && getFinding().kind() == Kind.MISSING
                && getFinding().of() == AddonType.BACKUP;
    }

    private boolean isPayable() {
        return isPending() && me.may(Permission.STAFF_BILLING_MANAGE);
    }

    private boolean isPending() {
        return isManaged() && getFinding().course().isToDecide() && getFinding().isRight();
    }
}
