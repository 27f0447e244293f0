package io.tenantry.web.staff;

import io.tenantry.identity.Permission;
import io.tenantry.reconciling.FindingActions;
import io.tenantry.reconciling.FindingActions.Outcome;
import io.tenantry.reconciling.Findings;
import io.tenantry.reconciling.Kind;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One finding at a vendor: what was seen, and what may be done about it. */
@Named
@ViewScoped
public class FindingPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentPerson me;

    @Inject
    Findings findings;

    @Inject
    FindingActions actions;

    @Inject
    Fmt fmt;

    private @Nullable String parameter;
    private @Nullable UUID id;
    private String reason = "";
    private transient Findings.@Nullable Finding finding;

    /** Looks at it, if it may be seen. */
    public void open() {
        Visit.look(() -> {
            id = Visit.id("finding", parameter);
            finding = findings.one(known());
        });
    }

    /** It may be so. */
    public void dismiss() {
        if (reason.isBlank()) {
            Visit.refuse("dismiss:reason", fmt.text("finding.reason.missing"));
            return;
        }
        say(actions.dismiss(known(), reason), "finding.dismissed");
    }

    /** It may not be so after all. */
    public void takeUp() {
        say(actions.takeUp(known()), "finding.taken-up");
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
        var given = actions.giveBack(known());
        Visit.go(
                here(),
                given.map(amount -> fmt.text("finding.given-back", fmt.money(amount, true, false)))
                        .orElseGet(() -> fmt.text("finding.nothing-due")));
    }

    public Findings.Finding getFinding() {
        var known = finding;
        if (known == null) {
            known = findings.one(known());
            finding = known;
        }
        return known;
    }

    public boolean isManaged() {
        return me.may(Permission.STAFF_SERVICES_MANAGE);
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
                && me.may(Permission.STAFF_WALLETS_ADJUST)
                && getFinding().kind() == Kind.GHOST
                && getFinding().isToDecide();
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = Objects.requireNonNullElse(reason, "").strip();
    }

    private void say(Outcome outcome, String done) {
        Visit.go(here(), fmt.text(outcome == Outcome.DONE ? done : "finding.too-late"));
    }

    private String here() {
        return "/staff/finding?id=" + known();
    }

    private UUID known() {
        return Objects.requireNonNull(id, "open() comes first");
    }
}
