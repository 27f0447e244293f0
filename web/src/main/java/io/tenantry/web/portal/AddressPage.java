package io.tenantry.web.portal;

import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.addon.AddonOutcome;
import io.tenantry.cloud.addon.AddonQuery;
import io.tenantry.cloud.addon.AddressOrders;
import io.tenantry.cloud.addon.AddressQuery;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.workqueue.WorkItems;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One additional address: its cost, and its release. Staff decide about parked work. */
@Named
@ViewScoped
public class AddressPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentOrganization organization;

    @Inject
    AddressQuery list;

    @Inject
    AddressOrders orders;

    @Inject
    AddonReviewActions deciding;

    @Inject
    Access access;

    @Inject
    CurrentPerson me;

    @Inject
    AddonLabels labels;

    @Inject
    Format format;

    private @Nullable String parameter;
    private @Nullable UUID id;
    private String reason = "";
    private transient AddonQuery.@Nullable AddonView address;

    /** Loads the address, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
            var known = PageResult.id("address", parameter);
            address = list.one(known);
            organization.show(getAddress().organizationId());
            id = known;
        });
    }

    public AddonQuery.AddonView getAddress() {
        var known = address;
        if (known == null) {
            known = list.one(known());
            address = known;
        }
        return known;
    }

    /** Returns the work item that waits for a decision: one or none; none for customers. */
    public List<WorkItems.Parked> getStuck() {
        return deciding.stuck(known());
    }

    /** Whether the user may decide it. */
    public boolean isDeciding() {
        return deciding.isOpen(known());
    }

    /** Whether giving up is one of the possible decisions. */
    public boolean isAbandonable() {
        return deciding.isAbandonable(known(), getAddress().state());
    }

    public boolean isReleasable() {
        return getAddress().state() == State.ACTIVE && isAllowed();
    }

    /** Whether the user may release the address as soon as its state allows it. */
    public boolean isEnding() {
        return (getAddress().state() == State.ORDERED || getAddress().state() == State.ACTIVE) && isAllowed();
    }

    private boolean isAllowed() {
        return access.allowsIn(getAddress().organizationId(), Permission.VPS_DELETE);
    }

    /** Releases the address permanently. */
    public void release() {
        var outcome = orders.release(known());
        if (outcome instanceof AddonOutcome.Done) {
            PageResult.go(
                    here(), format.text("address.release.started", getAddress().name()));
        } else {
            labels.refuse(outcome);
        }
    }

    /** Retries the work item that waits for a decision. */
    public void retry() {
        deciding.retry(Optional.of(known()), reason, here());
    }

    /** Gives up the work item that waits for a decision. */
    public void giveUp() {
        deciding.giveUp(Optional.of(known()), reason, here());
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

    private String here() {
        return (me.isStaff() ? "/staff/address?id=" : "/portal/address?id=") + known();
    }

    private UUID known() {
        return PageResult.opened(id);
    }
}
