package io.tenantry.web.portal;

import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.provisioning.AddressNames;
import io.tenantry.provisioning.Service;
import io.tenantry.provisioning.Services;
import io.tenantry.provisioning.WrongState;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
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

/** The addresses of one service, and by which names others know them. For members and, below /staff, for staff. */
@Named
@ViewScoped
public class ServiceNetworkPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    Services services;

    @Inject
    AddressNames addresses;

    @Inject
    Access access;

    @Inject
    CurrentPerson me;

    @Inject
    Fmt fmt;

    private final Map<String, String> names = new HashMap<>();
    private @Nullable String parameter;
    private @Nullable UUID id;
    private transient Services.@Nullable Summary service;
    private transient @Nullable List<AddressNames.Line> lines;
    private transient @Nullable Boolean nameable;

    /** Looks at the service, if it may be seen. */
    public void open() {
        Visit.look(() -> {
            var known = Visit.id("service", parameter);
            service = services.one(known);
            id = known;
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
    public List<AddressNames.Line> getLines() {
        var known = lines;
        if (known == null) {
            known = addresses.of(getService());
            lines = known;
        }
        return known;
    }

    /** Whether the person may name them, and their vendor can. */
    public boolean isNameable() {
        var known = nameable;
        if (known == null) {
            known = isHandled() && addresses.isNameable(getService());
            nameable = known;
        }
        return known;
    }

    /** Whether the person may, and nobody can. */
    public boolean isUnnamed() {
        return isHandled() && !isNameable() && !getLines().isEmpty();
    }

    private boolean isHandled() {
        return getService().state() == Service.State.ACTIVE
                && access.allowsIn(getService().organizationId(), Permission.VPS_MANAGE);
    }

    /** Has an address named as was typed beside it. */
    public void name(String address) {
        try {
            var outcome = addresses.name(known(), address, Objects.requireNonNullElse(names.get(address), ""));
            switch (outcome) {
                case WANTED -> done("network.name.begun", address);
                case UNCHANGED -> done("network.name.unchanged", address);
                case INVALID -> Visit.refuse("names:each:" + at(address) + ":hostname", fmt.text("network.name.bad"));
                case NO_ADDRESS -> Visit.refuse(fmt.text("network.address.gone"));
                case IMPOSSIBLE -> Visit.refuse(fmt.text("network.unnamed"));
            }
        } catch (WrongState wrong) {
            Visit.refuse(fmt.text("service.wrong-state", fmt.state(wrong.state())));
        }
    }

    private void done(String key, String address) {
        Visit.go((me.isStaff() ? "/staff" : "/portal") + "/service-network?id=" + known(), fmt.text(key, address));
    }

    private int at(String address) {
        return getLines().stream().map(AddressNames.Line::address).toList().indexOf(address);
    }

    /** What is typed, by address. */
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
        return Objects.requireNonNull(id, "open() comes first");
    }
}
