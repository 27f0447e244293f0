package io.tenantry.web.cloud.console;

import io.tenantry.cloud.console.ConsoleAccess;
import io.tenantry.cloud.console.HostKeys;
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
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The console of a server, or the reason why there is none; for members and, below /staff, for staff. */
@Named
@ViewScoped
public class ConsolePage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentOrganization organization;

    @Inject
    Services services;

    @Inject
    ConsoleAccess consoleAccess;

    @Inject
    HostKeys hostKeys;

    @Inject
    Access access;

    @Inject
    CurrentPerson me;

    private @Nullable String parameter;
    private @Nullable String again;
    private @Nullable UUID id;
    private String name = "";
    private @Nullable UUID organizationId;
    private boolean offered;
    private String shown = "";
    private transient HostKeys.@Nullable Pinned pinned;

    /** Loads the server, if the user may view its console. */
    public void open() {
        PageResult.load(() -> {
            var known = PageResult.id("service", parameter);
            var service = services.one(known);
            id = known;
            name = service.name();
            organizationId = service.organizationId();
            offered = consoleAccess.offers(service.organizationId(), known);
            organization.show(service.organizationId());
            access.requireIn(service.organizationId(), Permission.VPS_CONSOLE);
            pinned = hostKeys.find(known).orElse(null);
            shown = getOther().map(HostKeys.OfferedKey::fingerprint).orElse("");
        });
    }

    public String getName() {
        return name;
    }

    /** Whether the server can be connected to. */
    public boolean isOffered() {
        return offered;
    }

    /** Whether a decision about the server's host key is required first. */
    public boolean isDoubtful() {
        return !shown.isEmpty() && again == null;
    }

    /** Whether the user may make that decision. */
    public boolean isAcceptable() {
        return organizationId != null && access.allowsIn(organizationId, Permission.VPS_MANAGE);
    }

    public HostKeys.@Nullable Pinned getPinned() {
        return pinned;
    }

    /** Returns the host key that was presented last. */
    public String getShown() {
        return shown;
    }

    private Optional<HostKeys.OfferedKey> getOther() {
        return Optional.ofNullable(pinned).flatMap(HostKeys.Pinned::offered);
    }

    /** Accepts the presented host key as the server's. */
    public void accept() {
        var unused = hostKeys.accept(
                known(), shown); // If the server presents yet another key by now, the page asks about that one.
        PageResult.go(getHere());
    }

    /** Returns the address of this page. */
    public String getHere() {
        return getRoot() + "/console?service=" + known();
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

    public @Nullable String getAgain() {
        return again;
    }

    public void setAgain(@Nullable String again) {
        this.again = again;
    }

    private String getRoot() {
        return me.isStaff() ? "/staff" : "/portal";
    }

    private UUID known() {
        return PageResult.opened(id);
    }
}
