package io.tenantry.web.portal;

import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.addon.AddonOutcome;
import io.tenantry.cloud.addon.AddonPricing;
import io.tenantry.cloud.addon.AddonQuery;
import io.tenantry.cloud.addon.VolumeOrders;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.QueryParameters;
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

/** One volume: its details and cost; attaching, resizing and deleting it. Staff decide about parked work. */
@Named
@ViewScoped
public class VolumePage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentOrganization organization;

    @Inject
    AddonQuery options;

    @Inject
    VolumeOrders volumes;

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
    private @Nullable UUID seenPrice;
    private String size = "";
    private String to = "";
    private String reason = "";
    private transient AddonQuery.@Nullable AddonView volume;
    private transient @Nullable List<AddonPricing.Offer> offers;
    private transient @Nullable List<AddonQuery.Target> targets;

    /** Loads the volume, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
            var known = PageResult.id("volume", parameter);
            volume = options.volume(known);
            organization.show(getVolume().organizationId());
            id = known;
            seenPrice = offer().map(AddonPricing.Offer::priceId).orElse(null);
        });
    }

    public AddonQuery.AddonView getVolume() {
        var known = volume;
        if (known == null) {
            known = options.volume(known());
            volume = known;
        }
        return known;
    }

    /** Returns the servers to which it could be attached. */
    public List<AddonQuery.Target> getTargets() {
        var known = targets;
        if (known == null) {
            known = isAttachable() ? options.targets(known()) : List.of();
            targets = known;
        }
        return known;
    }

    /** Returns the larger sizes, with the total price of the resized volume. */
    public List<AddonLabels.PricedSize> getSizes() {
        return labels.sizes(offer(), getVolume().quantity());
    }

    private Optional<AddonPricing.Offer> offer() {
        var known = offers;
        if (known == null) {
            known = options.volumeOffer(getVolume().monthly().currency()).stream()
                    .toList();
            offers = known;
        }
        return known.stream().findFirst();
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
        return deciding.isAbandonable(known(), getVolume().state());
    }

    /** Whether it can be attached to a server now: nobody who acts for a customer may. */
    public boolean isAttachable() {
        return isIdle() && !getVolume().isAttached() && isManaged() && !me.isActing();
    }

    public boolean isDetachable() {
        return isIdle() && getVolume().isAttached() && isManaged();
    }

    public boolean isGrowable() {
        return isIdle() && isManaged() && !getSizes().isEmpty();
    }

    /** Whether the user may change it as soon as its state allows it. */
    public boolean isHandled() {
        return isLiving() && isManaged();
    }

    /** Whether the user may delete it as soon as its state allows it. */
    public boolean isEnding() {
        return isLiving() && access.allowsIn(getVolume().organizationId(), Permission.VPS_DELETE);
    }

    private boolean isLiving() {
        return getVolume().state() == State.ORDERED || getVolume().state() == State.ACTIVE;
    }

    public boolean isDeletable() {
        return getVolume().state() == State.ACTIVE
                && access.allowsIn(getVolume().organizationId(), Permission.VPS_DELETE);
    }

    private boolean isManaged() {
        return access.allowsIn(getVolume().organizationId(), Permission.VPS_MANAGE);
    }

    private boolean isIdle() {
        return getVolume().state() == State.ACTIVE && getVolume().wanted().isEmpty();
    }

    /** Attaches it to the chosen server. */
    public void attach() {
        var server = QueryParameters.id(to);
        if (server.isEmpty()) {
            PageResult.refuse(format.text("volume.attach.choose"));
            return;
        }
        showOutcome(volumes.attach(known(), server.get()), "volume.attach.started");
    }

    /** Detaches it from its server. */
    public void detach() {
        showOutcome(volumes.detach(known()), "volume.detach.started");
    }

    /** Requests a larger size. */
    public void grow() {
        var price = seenPrice;
        if (price == null) {
            PageResult.refuse(format.text("addon.not-offered"));
            return;
        }
        if (!size.matches("\\d{1,6}")) {
            PageResult.refuse(format.text("volumes.choose"));
            return;
        }
        var outcome = volumes.grow(known(), Integer.parseInt(size), price);
        seenPrice = offer().map(AddonPricing.Offer::priceId).orElse(null);
        showOutcome(outcome, "volume.grow.started");
    }

    /** Deletes the volume permanently. */
    public void delete() {
        showOutcome(volumes.delete(known()), "volume.delete.started");
    }

    /** Retries the work item that waits for a decision. */
    public void retry() {
        deciding.retry(Optional.of(known()), reason, here());
    }

    /** Gives up the work item that waits for a decision. */
    public void giveUp() {
        deciding.giveUp(Optional.of(known()), reason, here());
    }

    private void showOutcome(AddonOutcome outcome, String done) {
        if (outcome instanceof AddonOutcome.Done) {
            PageResult.go(here(), format.text(done, getVolume().name()));
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

    public String getSize() {
        return size;
    }

    public void setSize(@Nullable String size) {
        this.size = Objects.requireNonNullElse(size, "").strip();
    }

    public String getTo() {
        return to;
    }

    public void setTo(@Nullable String to) {
        this.to = Objects.requireNonNullElse(to, "").strip();
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = Objects.requireNonNullElse(reason, "").strip();
    }

    private String here() {
        return (me.isStaff() ? "/staff/volume?id=" : "/portal/volume?id=") + known();
    }

    private UUID known() {
        return PageResult.opened(id);
    }
}
