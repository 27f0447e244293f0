package io.tenantry.web.portal;

import io.tenantry.cloud.console.ConsoleAccess;
import io.tenantry.cloud.console.VncConsoles;
import io.tenantry.cloud.provisioning.Service;
import io.tenantry.web.layout.Lazy;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Optional;

/** The pages that show a running server: its console and its screen. */
@Named
@ViewScoped
public class ServiceConsoles implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    ServicePage page;

    @Inject
    ConsoleAccess consoles;

    @Inject
    VncConsoles vncConsoles;

    private final Lazy<ConsoleAccess.Offer> offer = new Lazy<>();

    /** Returns the page of its console; empty if it has none, or none for this user. */
    public String getConsole() {
        return offer().shell() ? page.root() + "/console?service=" + page.known() : "";
    }

    /** Returns the page of its screen; empty if it has none, or none for this user. */
    public String getScreen() {
        return offer().provider().filter(vncConsoles::areShownBy).isPresent()
                ? page.root() + "/vnc?id=" + page.known()
                : "";
    }

    private ConsoleAccess.Offer offer() {
        return offer.get(() -> page.getService().state() == Service.State.ACTIVE
                ? consoles.offer(page.getService().organizationId(), page.known())
                : new ConsoleAccess.Offer(false, Optional.empty()));
    }
}
