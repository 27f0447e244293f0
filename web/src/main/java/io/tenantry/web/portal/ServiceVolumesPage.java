package io.tenantry.web.portal;

import io.tenantry.cloud.addon.AddonOutcome;
import io.tenantry.cloud.addon.AddonPricing;
import io.tenantry.cloud.addon.AddonQuery;
import io.tenantry.cloud.addon.VolumeOrders;
import io.tenantry.cloud.provisioning.Services;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The volumes of a server, and an additional one: its price is shown before it is ordered, and it is ordered once, however often the form is
 * sent.
 */
@Named
@ViewScoped
public class ServiceVolumesPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentOrganization organization;

    @Inject
    Services services;

    @Inject
    AddonQuery options;

    @Inject
    VolumeOrders volumes;

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
    private UUID requestId = UUID.randomUUID();
    private String name = "";
    private String size = "";
    private transient Services.@Nullable Summary service;
    private transient AddonQuery.@Nullable AddonAvailability addonAvailability;
    private transient @Nullable List<AddonQuery.AddonView> disks;

    /** Loads the server, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
            var known = PageResult.id("service", parameter);
            service = services.one(known);
            organization.show(getService().organizationId());
            id = known;
            seenPrice = getChoice().offer().map(AddonPricing.Offer::priceId).orElse(null);
        });
    }

    public Services.Summary getService() {
        var known = service;
        if (known == null) {
            known = services.one(known());
            service = known;
        }
        return known;
    }

    /** Returns the available offer and its price. */
    public AddonQuery.AddonAvailability getChoice() {
        var known = addonAvailability;
        if (known == null) {
            known = options.volumeChoice(known());
            addonAvailability = known;
        }
        return known;
    }

    /** Returns the volumes of the server, and those that could be attached to it. */
    public List<AddonQuery.AddonView> getDisks() {
        var known = disks;
        if (known == null) {
            known = options.volumesOf(known());
            disks = known;
        }
        return known;
    }

    /** Returns the sizes to choose from, with their prices. */
    public List<AddonLabels.PricedSize> getSizes() {
        return labels.sizes(getChoice().offer(), 0);
    }

    /** Whether the user can order another volume here. */
    public boolean isOrderable() {
        return getChoice().isThere() && getChoice().offer().isPresent() && isOrdering();
    }

    /** Whether volumes are not available for this server, regardless of the user. */
    public boolean isElsewhere() {
        return !getChoice().isThere() || getChoice().offer().isEmpty();
    }

    private boolean isOrdering() {
        return access.allowsIn(getService().organizationId(), Permission.VPS_CREATE);
    }

    /** Orders a volume; a repetition has no further effect. */
    public void add() {
        var price = seenPrice;
        if (price == null) {
            PageResult.refuse(format.text("addon.not-offered"));
            return;
        }
        if (!size.matches("\\d{1,6}")) {
            PageResult.refuse(format.text("volumes.choose"));
            return;
        }
        var outcome = volumes.create(requestId, known(), name, Integer.parseInt(size), price);
        if (outcome instanceof AddonOutcome.Done) {
            PageResult.go(here(), format.text("volumes.ordered", name.strip()));
            return;
        }
        requestId = UUID.randomUUID();
        addonAvailability = null;
        seenPrice = getChoice().offer().map(AddonPricing.Offer::priceId).orElse(null);
        labels.refuse(outcome);
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = Objects.requireNonNullElse(name, "");
    }

    public String getSize() {
        return size;
    }

    public void setSize(@Nullable String size) {
        this.size = Objects.requireNonNullElse(size, "").strip();
    }

    private String here() {
        return (me.isStaff() ? "/staff/service-volumes?id=" : "/portal/service-volumes?id=") + known();
    }

    private UUID known() {
        return PageResult.opened(id);
    }
}
