package io.tenantry.web.staff;

import io.tenantry.identity.Permission;
import io.tenantry.options.OptionFindingActions;
import io.tenantry.options.OptionFindings;
import io.tenantry.options.OptionKind;
import io.tenantry.options.VolumeRounds.Kind;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jspecify.annotations.Nullable;

/** Something beside servers that differs at a vendor: what was seen, what deciding it would mean, and what may be done about it. */
@Named
@ViewScoped
public class OptionFindingPage extends DifferencePage<OptionFindings.Finding> {
    private static final long serialVersionUID = 1L;

    @Inject
    OptionFindings findings;

    @Inject
    OptionFindingActions actions;

    private transient OptionFindings.@Nullable Amounts amounts;

    @Override
    Calls<OptionFindings.Finding> calls() {
        return new Calls<>("/staff/option-finding", findings::one, actions::dismiss, actions::takeUp);
    }

    /** What nobody pays for is taken away. */
    public void delete() {
        say(actions.delete(known()), "option-finding.deleting");
    }

    /** Backups are switched on again. */
    public void switchOn() {
        say(actions.switchOn(known()), "option-finding.switching");
    }

    /** The size that was seen is what is paid for. */
    public void acceptSize() {
        say(actions.acceptSize(known()), "option-finding.accepted");
    }

    /** What is missing ends, and is given back. */
    public void giveBack() {
        say(actions.giveBack(known()), "option-finding.ended", "finding.too-late");
    }

    /** What deciding it would mean for its customer. */
    public OptionFindings.Amounts getAmounts() {
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
                && getFinding().of() == OptionKind.BACKUP;
    }

    private boolean isPayable() {
        return isPending() && me.may(Permission.STAFF_WALLETS_ADJUST);
    }

    private boolean isPending() {
        return isManaged() && getFinding().course().isToDecide() && getFinding().isRight();
    }
}
