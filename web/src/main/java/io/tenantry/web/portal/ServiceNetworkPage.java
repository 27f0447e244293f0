package io.tenantry.web.portal;

import io.tenantry.cloud.addon.AddonOutcome;
import io.tenantry.cloud.addon.AddonPricing;
import io.tenantry.cloud.addon.AddonQuery;
import io.tenantry.cloud.addon.AddressOrders;
import io.tenantry.cloud.addon.AddressQuery;
import io.tenantry.cloud.provisioning.InvalidStateException;
import io.tenantry.cloud.provisioning.ServerReverseDns;
import io.tenantry.cloud.provisioning.Service;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one service and their reverse DNS names; an additional one is ordered once, however often the form is sent. For members and,
 * below /staff, for staff.
 */
@Named
@ViewScoped
public class ServiceNetworkPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentOrganization organization;

    @Inject
    Services services;

    @Inject
    ServerReverseDns addresses;

    @Inject
    AddressQuery list;

    @Inject
    AddressOrders orders;

    @Inject
    AddonLabels labels;

    @Inject
    Access access;

    @Inject
    CurrentPerson me;

    @Inject
    Format format;

    private final Map<String, String> names = new HashMap<>();
    private @Nullable String parameter;
    private @Nullable UUID id;
    private @Nullable UUID seenPrice;
    private UUID requestId = UUID.randomUUID();
    private transient Services.@Nullable Summary service;
    private transient @Nullable List<ServerReverseDns.Line> lines;
    private transient @Nullable Boolean nameable;
    private transient AddressQuery.@Nullable Choice choice;

    /** Loads the service, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
            var known = PageResult.id("service", parameter);
            service = services.one(known);
            organization.show(getService().organizationId());
            id = known;
            seenPrice = getChoice().offer().map(AddonPricing.Offer::priceId).orElse(null);
            getLines().forEach(line -> names.put(line.address(), line.wanted().orElse(line.hostname())));
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

    /** Its addresses. */
    public List<ServerReverseDns.Line> getLines() {
        var known = lines;
        if (known == null) {
            known = addresses.of(getService());
            lines = known;
        }
        return known;
    }

    /** Whether the user may set their names, and their provider supports it. */
    public boolean isNameable() {
        var known = nameable;
        if (known == null) {
            known = isHandled() && addresses.isNameable(getService());
            nameable = known;
        }
        return known;
    }

    /** Whether the user may set names, but the provider does not support it. */
    public boolean isUnnamed() {
        return isHandled() && !isNameable() && !getLines().isEmpty();
    }

    private boolean isHandled() {
        return getService().state() == Service.State.ACTIVE
                && access.allowsIn(getService().organizationId(), Permission.VPS_MANAGE);
    }

    /** Requests the entered name for an address. */
    public void name(String address) {
        try {
            var outcome = addresses.name(known(), address, Objects.requireNonNullElse(names.get(address), ""));
            switch (outcome) {
                case REQUESTED -> done("network.name.started", address);
                case UNCHANGED -> done("network.name.unchanged", address);
                case INVALID ->
                    PageResult.refuse("names:each:" + at(address) + ":hostname", format.text("network.name.bad"));
                case NO_ADDRESS -> PageResult.refuse(format.text("network.address.gone"));
                case UNSUPPORTED -> PageResult.refuse(format.text("network.unnamed"));
            }
        } catch (InvalidStateException wrong) {
            PageResult.refuse(format.text("service.wrong-state", format.state(wrong.state())));
        }
    }

    /** Returns the additional addresses, the available offer and its price. */
    public AddressQuery.Choice getChoice() {
        var known = choice;
        if (known == null) {
            known = list.choice(known());
            choice = known;
        }
        return known;
    }

    /** Returns the addresses that are charged separately, the oldest first. */
    public List<AddonQuery.AddonView> getAdditionalAddresses() {
        return getChoice().all();
    }

    /** Whether the user can order one more here. */
    public boolean isOrderable() {
        return getChoice().isOffered() && access.allowsIn(getService().organizationId(), Permission.VPS_CREATE);
    }

    /** Orders one more; a repetition has no further effect. */
    public void take() {
        var price = seenPrice;
        if (price == null) {
            PageResult.refuse(format.text("addon.not-offered"));
            return;
        }
        var outcome = orders.take(requestId, known(), price);
        if (outcome instanceof AddonOutcome.Done) {
            PageResult.go(here(), format.text("addresses.add.started"));
            return;
        }
        requestId = UUID.randomUUID();
        choice = null;
        seenPrice = getChoice().offer().map(AddonPricing.Offer::priceId).orElse(null);
        labels.refuse(outcome);
    }

    private void done(String key, String address) {
        PageResult.go(here(), format.text(key, address));
    }

    private String here() {
        return (me.isStaff() ? "/staff" : "/portal") + "/service-network?id=" + known();
    }

    private int at(String address) {
        return getLines().stream().map(ServerReverseDns.Line::address).toList().indexOf(address);
    }

    /** Returns the entered names, by address. */
    public Map<String, String> getNames() {
        return names;
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    private UUID known() {
        return PageResult.opened(id);
    }
}
