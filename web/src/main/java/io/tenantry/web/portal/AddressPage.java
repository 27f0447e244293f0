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

/** One further address: what it costs, and its end. Staff decide what nobody else can. */
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
    AddonLabels words;

    @Inject
    Format format;

    private @Nullable String parameter;
    private @Nullable UUID id;
    private String reason = "";
    private transient AddonQuery.@Nullable Shown address;

    /** Looks at it, if it may be seen. */
    public void open() {
        PageResult.look(() -> {
            var known = PageResult.id("address", parameter);
            address = list.one(known);
            organization.show(getAddress().organizationId());
            id = known;
        });
    }

    public AddonQuery.Shown getAddress() {
        var known = address;
        if (known == null) {
            known = list.one(known());
            address = known;
        }
        return known;
    }

    /** What waits for a decision: one or nothing; nothing for customers. */
    public List<WorkItems.Parked> getStuck() {
        return deciding.stuck(known());
    }

    /** Whether the person may decide that. */
    public boolean isDeciding() {
        return deciding.isOpen(known());
    }

    /** Whether to give up is among what can be decided. */
    public boolean isAbandonable() {
        return deciding.isAbandonable(known(), getAddress().state());
    }

    public boolean isReleasable() {
        return getAddress().state() == State.ACTIVE && isAllowed();
    }

    /** Whether the person may give it back as soon as it can be. */
    public boolean isEnding() {
        return (getAddress().state() == State.ORDERED || getAddress().state() == State.ACTIVE) && isAllowed();
    }

    private boolean isAllowed() {
        return access.allowsIn(getAddress().organizationId(), Permission.VPS_DELETE);
    }

    /** Gives it back for good. */
    public void release() {
        var outcome = orders.release(known());
        if (outcome instanceof AddonOutcome.Done) {
            PageResult.go(
                    here(), format.text("address.release.begun", getAddress().name()));
        } else {
            words.refuse(outcome);
        }
    }

    /** Has what waits for a decision tried again. */
    public void lookAgain() {
        deciding.lookAgain(Optional.of(known()), reason, here());
    }

    /** Gives up what waits for a decision. */
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
