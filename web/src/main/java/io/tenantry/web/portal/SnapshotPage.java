package io.tenantry.web.portal;

import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.addon.AddonOutcome;
import io.tenantry.cloud.addon.AddonQuery;
import io.tenantry.cloud.addon.SnapshotOrders;
import io.tenantry.cloud.addon.SnapshotQuery;
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

/** One snapshot: its details and cost, restoring its server, and its deletion. Staff decide about parked work. */
@Named
@ViewScoped
public class SnapshotPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentOrganization organization;

    @Inject
    SnapshotQuery list;

    @Inject
    SnapshotOrders orders;

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
    private transient AddonQuery.@Nullable AddonView snapshot;

    /** Loads the snapshot, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
            var known = PageResult.id("snapshot", parameter);
            snapshot = list.one(known);
            organization.show(getSnapshot().organizationId());
            id = known;
        });
    }

    public AddonQuery.AddonView getSnapshot() {
        var known = snapshot;
        if (known == null) {
            known = list.one(known());
            snapshot = known;
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
        return deciding.isAbandonable(known(), getSnapshot().state());
    }

    /** Whether its server can be restored to it now. */
    public boolean isRestorable() {
        return getSnapshot().state() == State.ACTIVE
                && getSnapshot().wanted().isEmpty()
                && !getSnapshot().isServerOver()
                && may(Permission.VPS_MANAGE);
    }

    public boolean isDeletable() {
        return getSnapshot().state() == State.ACTIVE && may(Permission.VPS_DELETE);
    }

    /** Whether the user may restore its server as soon as that is possible. */
    public boolean isHandled() {
        return isLiving() && !getSnapshot().isServerOver() && may(Permission.VPS_MANAGE);
    }

    /** Whether the user may delete it as soon as its state allows it. */
    public boolean isEnding() {
        return isLiving() && may(Permission.VPS_DELETE);
    }

    private boolean isLiving() {
        return getSnapshot().state() == State.ORDERED || getSnapshot().state() == State.ACTIVE;
    }

    private boolean may(String permission) {
        return access.allowsIn(getSnapshot().organizationId(), permission);
    }

    /** Restores its server from the snapshot. */
    public void restore() {
        showOutcome(
                orders.restore(known()),
                "snapshot.restore.started",
                getSnapshot().service());
    }

    /** Deletes the snapshot permanently. */
    public void delete() {
        showOutcome(
                orders.delete(known()), "snapshot.delete.started", getSnapshot().name());
    }

    /** Retries the work item that waits for a decision. */
    public void retry() {
        deciding.retry(Optional.of(known()), reason, here());
    }

    /** Gives up the work item that waits for a decision. */
    public void giveUp() {
        deciding.giveUp(Optional.of(known()), reason, here());
    }

    private void showOutcome(AddonOutcome outcome, String done, String whom) {
        if (outcome instanceof AddonOutcome.Done) {
            PageResult.go(here(), format.text(done, whom));
        } else {
            labels.refuse(outcome);
        }
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
        return (me.isStaff() ? "/staff/snapshot?id=" : "/portal/snapshot?id=") + known();
    }

    private UUID known() {
        return PageResult.opened(id);
    }
}
