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

/** The screen of a server, or the reason why it has none; for members and, below /staff, for staff. */
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

    /** Loads the server, if the user may view its screen. */
    public void open() {
        PageResult.load(() -> {
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

    /** Whether the screen can be opened. */
    public boolean isOffered() {
        return offered;
    }

    /** Returns the address of this page. */
    public String getHere() {
        return getRoot() + "/vnc?id=" + known();
    }

    /** Returns the address of the server's page. */
    public String getBack() {
        return getRoot() + "/service?id=" + known();
    }

    public String getTokenEndpoint() {
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
