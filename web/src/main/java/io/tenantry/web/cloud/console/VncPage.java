package io.tenantry.web.cloud.console;

import io.tenantry.cloud.console.VncConsoles;
import io.tenantry.cloud.provisioning.Services;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.portal.CurrentOrganization;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The screen of a server, or that it has none; for members and, below /staff, for staff. */
@Named
@ViewScoped
public class VncPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentOrganization organization;

    @Inject
    Services services;

    @Inject
    VncConsoles vncConsoles;

    @Inject
    Access access;

    @Inject
    CurrentPerson me;

    private @Nullable String parameter;
    private @Nullable UUID id;
    private String name = "";
    private boolean offered;

    /** Looks at the server, if its screen may be seen. */
    public void open() {
        PageResult.look(() -> {
            var known = PageResult.id("service", parameter);
            var service = services.one(known);
            organization.show(service.organizationId());
            access.requireIn(service.organizationId(), Permission.VPS_CONSOLE);
            offered = vncConsoles.offers(known);
            name = service.name();
            id = known;
        });
    }

    public String getName() {
        return name;
    }

    /** Whether the server can be looked at. */
    public boolean isOffered() {
        return offered;
    }

    /** This page again. */
    public String getHere() {
        return getRoot() + "/screen?id=" + known();
    }

    /** The page of the server. */
    public String getBack() {
        return getRoot() + "/service?id=" + known();
    }

    public String getTickets() {
        return getRoot() + "/console-token";
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    private String getRoot() {
        return me.isStaff() ? "/staff" : "/portal";
    }

    private UUID known() {
        return PageResult.opened(id);
    }
}
