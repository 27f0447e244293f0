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

/** Something beside servers that differs at a vendor: what was seen, what deciding it would mean, and what may be done about it. */
@Named
@ViewScoped
public class AddonDiscrepancyPage extends DiscrepancyPageBase<AddonDiscrepancies.Finding> {
    private static final long serialVersionUID = 1L;

    @Inject
    AddonDiscrepancies findings;

    @Inject
    AddonDiscrepancyActions actions;

    private transient AddonDiscrepancies.@Nullable Amounts amounts;

    @Override
    Calls<AddonDiscrepancies.Finding> calls() {
        return new Calls<>("/staff/addon-discrepancy", findings::one, actions::dismiss, actions::takeUp);
    }

    /** What nobody pays for is taken away. */
    public void delete() {
        say(actions.delete(known()), "addon-discrepancy.deleting");
    }

    /** Backups are switched on again. */
    public void switchOn() {
        say(actions.switchOn(known()), "addon-discrepancy.switching");
    }

    /** The size that was seen is what is paid for. */
    public void acceptSize() {
        say(actions.acceptSize(known()), "addon-discrepancy.accepted");
    }

    /** What is missing ends, and is given back. */
    public void giveBack() {
        say(actions.giveBack(known()), "addon-discrepancy.ended", "discrepancy.too-late");
    }

    /** What deciding it would mean for its customer. */
    public AddonDiscrepancies.Amounts getAmounts() {
        var read = amounts;
        if (read == null) {
            read = findings.amounts(getFinding());
            amounts = read;
        }
        return read;
    }

    /** Whether it may be taken away at the vendor. */
    public boolean isDeletable() {
        return isManaged() && getFinding().isDeletable();
    }

    /** Whether it may be ended, and given back. */
    public boolean isRefundable() {
        return isPayable() && getFinding().kind() == Kind.MISSING;
    }

    /** Whether its size may be accepted, and paid for. */
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
