package io.tenantry.web.portal;

import io.tenantry.cloud.addon.AddonQuery;
import io.tenantry.cloud.provisioning.DeletionLockedException;
import io.tenantry.cloud.provisioning.InvalidStateException;
import io.tenantry.cloud.provisioning.Service;
import io.tenantry.cloud.provisioning.Services;
import io.tenantry.cloud.provisioning.Terminations;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.Lazy;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One service: its state, cost and events, and its termination. For members and, below /staff, for staff. See {@link ServicePower},
 * {@link ServicePlanChange}, {@link ServiceConsoles} and, for staff, {@link ServiceStaffActions}.
 */
@Named
@ViewScoped
public class ServicePage implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Matches a reason in the facts of an event. */
    private static final Pattern REASON = Pattern.compile("\"reason\": \"([a-z_]+)\"");

    @Inject
    CurrentOrganization organization;

    @Inject
    Services services;

    @Inject
    Terminations terminations;

    @Inject
    Access access;

    @Inject
    CurrentPerson me;

    @Inject
    Format format;

    @Inject
    AddonQuery options;

    @Inject
    PortalLabels portalLabels;

    private @Nullable String parameter;
    private @Nullable UUID id;
    private final Lazy<Services.Summary> service = new Lazy<>();
    private final Lazy<List<Services.Event>> timeline = new Lazy<>();
    private final Lazy<String> addonCosts = new Lazy<>();

    /** Loads the service, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
            var known = PageResult.id("service", parameter);
            organization.show(service.get(() -> services.one(known)).organizationId());
            id = known;
        });
    }

    public Services.Summary getService() {
        return service.get(() -> services.one(known()));
    }

    /** Returns the cost of its add-ons, as text; empty if it has none. */
    public String getAddonCosts() {
        return addonCosts.get(() -> isOver()
                ? ""
                : options.additionalAddresses(known()).map(this::words).orElse(""));
    }

    private String words(AddonQuery.AdditionalAddresses one) {
        return format.text("service.addons", one.options(), format.rate(one.hourly()), format.money(one.monthly()));
    }

    public List<Services.Event> getTimeline() {
        return timeline.get(() -> services.timeline(known()));
    }

    /** Returns the reason why provisioning failed, in our words; empty if it did not, or is still in progress. */
    public String getFailure() {
        if (getService().state() != Service.State.FAILED) {
            return "";
        }
        return getTimeline().stream()
                .filter(step -> step.what().equals("failed"))
                .map(step -> REASON.matcher(step.facts()))
                .filter(Matcher::find)
                .map(found -> format.text("failure." + found.group(1)))
                .findFirst()
                .orElse("");
    }

    /** Whether it can still be changed or terminated. */
    public boolean isLiving() {
        return getService().state() == Service.State.ACTIVE || getService().state() == Service.State.SUSPENDED;
    }

    /** Whether it can be terminated now: it is active or suspended, and not locked against termination. */
    public boolean isEndable() {
        return isLiving() && !getService().locked() && isEnding();
    }

    /** Whether the user may terminate it as soon as its state allows it. */
    public boolean isEnding() {
        return !isOver() && access.allowsIn(getService().organizationId(), Permission.VPS_DELETE);
    }

    /** Returns the action in progress on its server; empty if there is none. */
    public String getMeanwhile() {
        return portalLabels.meanwhile(getService());
    }

    /** Returns the names of the SSH keys that it was created with, if the user may view them. */
    public List<String> getKeys() {
        return access.allowsIn(getService().organizationId(), Permission.SSH_KEYS_VIEW)
                ? getService().chosen().keys()
                : List.of();
    }

    /** Returns the name of the script that ran at its first start, if there was one and the user may view it. */
    public String getScript() {
        return access.allowsIn(getService().organizationId(), Permission.VPS_CREATE)
                ? getService().chosen().script().orElse("")
                : "";
    }

    /** Whether it has ended, or was never up. */
    boolean isOver() {
        var state = getService().state();
        return state == Service.State.TERMINATED || state == Service.State.FAILED;
    }

    /** Terminates the service permanently. */
    public void end() {
        try {
            terminations.end(known());
            PageResult.go(here(), format.text("service.ended", getService().name()));
        } catch (DeletionLockedException locked) {
            PageResult.refuse(format.text("service.lock.refused", locked.service()));
        } catch (InvalidStateException wrong) {
            PageResult.refuse(format.text("service.wrong-state", format.state(wrong.state())));
        }
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    /** Returns the path of the user's area. */
    String root() {
        return me.isStaff() ? "/staff" : "/portal";
    }

    /** Returns the address of this page, for members or for staff. */
    String here() {
        return root() + "/service?id=" + known();
    }

    /** Returns the id of the service, after {@link #open}. */
    UUID known() {
        return PageResult.opened(id);
    }
}
