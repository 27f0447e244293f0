package io.tenantry.web.portal;

import io.tenantry.cloud.provisioning.InvalidStateException;
import io.tenantry.cloud.provisioning.PendingPowerAction;
import io.tenantry.cloud.provisioning.ServerPower;
import io.tenantry.cloud.provisioning.Service;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** The power of a server: what is possible now, and the request for it. */
@Named
@RequestScoped
public class ServicePower {
    @Inject
    ServicePage page;

    @Inject
    ServerPower serverPower;

    @Inject
    Access access;

    @Inject
    PortalLabels portalLabels;

    @Inject
    Format format;

    /** Whether a power action is possible now. */
    public boolean isSwitchable() {
        return page.getService().state() == Service.State.ACTIVE
                && page.getMeanwhile().isEmpty()
                && isHandled();
    }

    /** Whether the user may request a power action as soon as its state allows it. */
    public boolean isHandled() {
        return page.getService().hasServer()
                && !page.isOver()
                && access.allowsIn(page.getService().organizationId(), Permission.VPS_MANAGE);
    }

    /** Requests a start of its server. */
    public void start() {
        want(PendingPowerAction.START);
    }

    /** Requests a stop of its server. */
    public void stop() {
        want(PendingPowerAction.STOP);
    }

    /** Requests a restart of its server. */
    public void restart() {
        want(PendingPowerAction.RESTART);
    }

    private void want(PendingPowerAction wanted) {
        try {
            var outcome = serverPower.want(page.known(), wanted);
            if (outcome instanceof ServerPower.Outcome.Wanted) {
                PageResult.go(
                        page.here(),
                        format.text(
                                "service.power." + wanted.word() + ".started",
                                page.getService().name()));
            } else if (outcome instanceof ServerPower.Outcome.Busy busy) {
                PageResult.refuse(format.text(
                        "service.power.busy",
                        portalLabels.doing(busy.meanwhile().word())));
            } else if (outcome instanceof ServerPower.Outcome.Occupied occupied) {
                PageResult.refuse(format.text(
                        "service.power.busy",
                        portalLabels.doing(occupied.meanwhile().word())));
            } else {
                PageResult.refuse(format.text("service.power.none"));
            }
        } catch (InvalidStateException wrong) {
            PageResult.refuse(format.text("service.wrong-state", format.state(wrong.state())));
        }
    }
}
