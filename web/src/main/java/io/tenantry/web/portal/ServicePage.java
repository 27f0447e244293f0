package io.tenantry.web.portal;

import io.tenantry.catalog.Catalog;
import io.tenantry.cloud.addon.AddonQuery;
import io.tenantry.cloud.console.ConsoleAccess;
import io.tenantry.cloud.console.VncConsoles;
import io.tenantry.cloud.provisioning.DeleteServerHandler;
import io.tenantry.cloud.provisioning.DeletionLockedException;
import io.tenantry.cloud.provisioning.InvalidStateException;
import io.tenantry.cloud.provisioning.PendingPowerAction;
import io.tenantry.cloud.provisioning.ProviderCalls;
import io.tenantry.cloud.provisioning.ServerPower;
import io.tenantry.cloud.provisioning.Service;
import io.tenantry.cloud.provisioning.ServiceReview;
import io.tenantry.cloud.provisioning.Services;
import io.tenantry.cloud.provisioning.Suspensions;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.QueryParameters;
import io.tenantry.web.layout.ReviewLabels;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.workqueue.WorkItems;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One service: its state, cost and events; power, changing the plan, and termination. For members and, below /staff, for staff, who also see
 * the requests to the provider and decide about parked work.
 */
@Named
@ViewScoped
public class ServicePage implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String LOOK_WHY = "look-again:why";

    /** Matches a reason in the facts of an event. */
    private static final Pattern REASON = Pattern.compile("\"reason\": \"([a-z_]+)\"");

    @Inject
    CurrentOrganization organization;

    @Inject
    Services services;

    @Inject
    ServerPower serverPower;

    @Inject
    Suspensions suspensions;

    @Inject
    ServiceReview serviceReview;

    @Inject
    ReviewLabels decided;

    @Inject
    Catalog catalog;

    @Inject
    Access access;

    @Inject
    ConsoleAccess consoles;

    @Inject
    VncConsoles vncConsoles;

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
    private String plan = "";
    private String reason = "";
    private boolean choosing;
    private transient Services.@Nullable Summary service;
    private transient @Nullable List<Services.Event> timeline;
    private transient @Nullable List<Choice> choices;
    private transient @Nullable List<ProviderCalls.Shown> calls;
    private transient @Nullable String blame;
    private transient @Nullable String besides;
    private transient @Nullable List<WorkItems.Parked> stuck;
    private transient ConsoleAccess.@Nullable Offer offer;

    /**
     * A plan to which the service can change.
     *
     * @param surcharge added once for the hour in progress; zero if that hour already costs as much
     */
    public record Choice(Catalog.Offer offer, Money surcharge, boolean isCurrent) {}

    /** Loads the service, if the user may view it. */
    public void open() {
        PageResult.look(() -> {
            var known = PageResult.id("service", parameter);
            service = services.one(known);
            organization.show(getService().organizationId());
            id = known;
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

    /** Returns the cost of its add-ons, as text; empty if it has none. */
    public String getBesides() {
        var known = besides;
        if (known == null) {
            known = isOver() ? "" : options.besides(known()).map(this::words).orElse("");
            besides = known;
        }
        return known;
    }

    private String words(AddonQuery.AdditionalAddresses one) {
        return format.text("service.addons", one.options(), format.rate(one.hourly()), format.money(one.monthly()));
    }

    public List<Services.Event> getTimeline() {
        var known = timeline;
        if (known == null) {
            known = services.timeline(known());
            timeline = known;
        }
        return known;
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

    /** Returns the reason in the provider's words; empty for customers. */
    public String getBlame() {
        var known = blame;
        if (known == null) {
            known = getService().state() == Service.State.FAILED && isSeenByStaff() ? services.failure(known()) : "";
            blame = known;
        }
        return known;
    }

    /** Returns the requests to providers, and their outcomes; empty for customers. */
    public List<ProviderCalls.Shown> getCalls() {
        var known = calls;
        if (known == null) {
            known = isSeenByStaff() ? services.calls(known()) : List.of();
            calls = known;
        }
        return known;
    }

    /** Returns the work item that waits for a decision: one or none; none for customers. */
    public List<WorkItems.Parked> getStuck() {
        var known = stuck;
        if (known == null) {
            known = isSeenByStaff() && isUnderWay()
                    ? serviceReview.open(known()).stream().toList()
                    : List.of();
            stuck = known;
        }
        return known;
    }

    /** Whether the user may decide it. */
    public boolean isDeciding() {
        return !getStuck().isEmpty() && me.may(Permission.STAFF_SERVICES_MANAGE);
    }

    /** Whether giving up is one of the possible decisions. */
    public boolean isAbandonable() {
        return isDeciding() && DeleteServerHandler.mayBeGivenUp(getStuck().get(0));
    }

    private boolean isSeenByStaff() {
        return getService().hasServer() && me.isStaff() && me.may(Permission.STAFF_SERVICES_VIEW);
    }

    /** Returns whether a work item may be processing it. */
    private boolean isUnderWay() {
        return switch (getService().state()) {
            case ORDERED, PROVISIONING, UNKNOWN, TERMINATING, FAILED -> true;
            case ACTIVE, SUSPENDED ->
                getService().switching().isPresent() || getService().changing().isPresent();
            case TERMINATED -> false;
        };
    }

    /** Returns the plans on sale in the service's region. */
    public List<Choice> getChoices() {
        var known = choices;
        if (known == null) {
            var now = getService();
            var surcharges = services.surcharges(now);
            known = catalog.offers(now.regionCode(), now.monthly().currency()).stream()
                    .map(offer -> new Choice(
                            offer,
                            surcharges.apply(offer.monthly()),
                            offer.planId().equals(now.planId())))
                    .toList();
            choices = known;
        }
        return known;
    }

    /** Whether it can still be changed or terminated. */
    public boolean isLiving() {
        return getService().state() == Service.State.ACTIVE || getService().state() == Service.State.SUSPENDED;
    }

    /** Whether it can change its plan here; changes that involve a provider are on the settings page. */
    public boolean isChangeable() {
        return getService().state() == Service.State.ACTIVE
                && !getService().hasServer()
                && access.allowsIn(getService().organizationId(), Permission.VPS_MANAGE);
    }

    /** Whether it can be terminated now: it is active or suspended, and not locked against termination. */
    public boolean isEndable() {
        return isLiving() && !getService().locked() && isEnding();
    }

    /** Whether the user may terminate it as soon as its state allows it. */
    public boolean isEnding() {
        return !isOver() && access.allowsIn(getService().organizationId(), Permission.VPS_DELETE);
    }

    /** Whether a power action is possible now. */
    public boolean isSwitchable() {
        return getService().state() == Service.State.ACTIVE && getMeanwhile().isEmpty() && isHandled();
    }

    /** Whether the user may request a power action as soon as its state allows it. */
    public boolean isHandled() {
        return getService().hasServer()
                && !isOver()
                && access.allowsIn(getService().organizationId(), Permission.VPS_MANAGE);
    }

    /** Whether the last action was the choice of a plan, so that its error is shown there. */
    public boolean isChoosing() {
        return choosing;
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

    private boolean isOver() {
        var state = getService().state();
        return state == Service.State.TERMINATED || state == Service.State.FAILED;
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
        choosing = false;
        try {
            var outcome = serverPower.want(known(), wanted);
            if (outcome instanceof ServerPower.Outcome.Wanted) {
                PageResult.go(
                        here(),
                        format.text(
                                "service.power." + wanted.word() + ".started",
                                getService().name()));
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

    /** Returns the action in progress on its server; empty if there is none. */
    public String getMeanwhile() {
        return portalLabels.meanwhile(getService());
    }

    /** Retries the work item that waits for a decision. */
    public void lookAgain() {
        choosing = false;
        if (decided.isReasoned(LOOK_WHY, reason)) {
            decided.looked(serviceReview.lookAgain(known(), reason), LOOK_WHY, here());
        }
    }

    /** Gives up the work item that waits for a decision. */
    public void giveUp() {
        choosing = false;
        if (decided.isReasoned("give-up:why", reason)) {
            decided.gaveUp(serviceReview.giveUp(known(), reason), here());
        }
    }

    /** Whether the user may suspend it, which only staff may. */
    public boolean isSuspendable() {
        return getService().state() == Service.State.ACTIVE && isSuspending();
    }

    /** Whether the user may lift its suspension. */
    public boolean isResumable() {
        return getService().state() == Service.State.SUSPENDED && isSuspending();
    }

    /** Whether the user may do either as soon as its state allows it. */
    public boolean isSuspending() {
        return !isOver() && me.isStaff() && me.may(Permission.STAFF_SERVICES_MANAGE);
    }

    /** Suspends the service. */
    public void suspend() {
        choosing = false;
        if (decided.isReasoned("suspend:why", reason)) {
            turn(() -> suspensions.suspend(known(), reason), "service.suspend.done");
        }
    }

    /** Lifts the suspension. */
    public void resume() {
        choosing = false;
        if (decided.isReasoned("resume:why", reason)) {
            turn(() -> suspensions.resume(known(), reason), "service.resume.done");
        }
    }

    private void turn(Runnable deed, String done) {
        try {
            deed.run();
            PageResult.go(here(), format.text(done, getService().name()));
        } catch (InvalidStateException wrong) {
            PageResult.refuse(format.text("service.wrong-state", format.state(wrong.state())));
        }
    }

    /** Returns the page of its console; empty if it has none, or none for this user. */
    public String getConsole() {
        return offer().shell() ? root() + "/console?service=" + known() : "";
    }

    /** Returns the page of its screen; empty if it has none, or none for this user. */
    public String getScreen() {
        return offer().vendor().filter(vncConsoles::areShownBy).isPresent() ? root() + "/screen?id=" + known() : "";
    }

    private ConsoleAccess.Offer offer() {
        var known = offer;
        if (known == null) {
            known = getService().state() == Service.State.ACTIVE
                    ? consoles.offer(getService().organizationId(), known())
                    : new ConsoleAccess.Offer(false, Optional.empty());
            offer = known;
        }
        return known;
    }

    private String root() {
        return me.isStaff() ? "/staff" : "/portal";
    }

    /** Changes to the chosen plan. */
    public void change() {
        choosing = true;
        var wanted = QueryParameters.id(plan);
        if (wanted.isEmpty()) {
            PageResult.refuse(format.text("service.change.choose"));
            return;
        }
        try {
            var outcome = services.changePlan(known(), wanted.get());
            if (outcome instanceof Services.Outcome.Done) {
                PageResult.go(here(), format.text("service.changed"));
            } else {
                PageResult.refuse(format.text(
                        outcome instanceof Services.Outcome.Unchanged
                                ? "service.unchanged"
                                : outcome instanceof Services.Outcome.ProviderManaged
                                        ? "service.fixed"
                                        : "order.withdrawn"));
            }
        } catch (InvalidStateException wrong) {
            PageResult.refuse(format.text("service.wrong-state", format.state(wrong.state())));
        }
    }

    /** Terminates the service permanently. */
    public void end() {
        choosing = false;
        try {
            services.end(known());
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

    public String getPlan() {
        return plan;
    }

    public void setPlan(@Nullable String plan) {
        this.plan = Objects.requireNonNullElse(plan, "");
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = Objects.requireNonNullElse(reason, "").strip();
    }

    /** Returns the address of this page, for members or for staff. */
    private String here() {
        return (me.isStaff() ? "/staff/service?id=" : "/portal/service?id=") + known();
    }

    private UUID known() {
        return PageResult.opened(id);
    }
}
