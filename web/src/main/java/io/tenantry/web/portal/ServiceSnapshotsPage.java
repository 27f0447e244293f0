package io.tenantry.web.portal;

import io.tenantry.cloud.addon.AddonOutcome;
import io.tenantry.cloud.addon.AddonPricing;
import io.tenantry.cloud.addon.AddonQuery;
import io.tenantry.cloud.addon.SnapshotOrders;
import io.tenantry.cloud.addon.SnapshotQuery;
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

/** The snapshots of a server, beside its backups; a snapshot is taken once, however often the form is sent. */
@Named
@ViewScoped
public class ServiceSnapshotsPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentOrganization organization;

    @Inject
    Services services;

    @Inject
    SnapshotQuery list;

    @Inject
    SnapshotOrders orders;

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
    private transient Services.@Nullable Summary service;
    private transient SnapshotQuery.@Nullable Choice choice;
    private transient @Nullable List<AddonQuery.AddonView> all;

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
    public SnapshotQuery.Choice getChoice() {
        var known = choice;
        if (known == null) {
            known = list.choice(known());
            choice = known;
        }
        return known;
    }

    /** Returns the existing snapshots, the latest first. */
    public List<AddonQuery.AddonView> getAll() {
        var known = all;
        if (known == null) {
            known = list.of(known());
            all = known;
        }
        return known;
    }

    /** Whether the user can take one here. */
    public boolean isOrderable() {
        return getChoice().isOffered() && access.allowsIn(getService().organizationId(), Permission.VPS_CREATE);
    }

    /** Takes a snapshot; a repetition has no further effect. */
    public void take() {
        var price = seenPrice;
        if (price == null) {
            PageResult.refuse(format.text("addon.not-offered"));
            return;
        }
        var outcome = orders.take(requestId, known(), name, price);
        if (outcome instanceof AddonOutcome.Done) {
            PageResult.go(here(), format.text("snapshots.create.started", name.strip()));
            return;
        }
        requestId = UUID.randomUUID();
        choice = null;
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

    private String here() {
        return (me.isStaff() ? "/staff/service-snapshots?id=" : "/portal/service-snapshots?id=") + known();
    }

    private UUID known() {
        return PageResult.opened(id);
    }
}
