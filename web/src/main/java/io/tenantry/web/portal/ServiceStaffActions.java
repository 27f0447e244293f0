package io.tenantry.web.portal;

import io.tenantry.cloud.provisioning.DeleteServerHandler;
import io.tenantry.cloud.provisioning.InvalidStateException;
import io.tenantry.cloud.provisioning.ProviderCalls;
import io.tenantry.cloud.provisioning.Service;
import io.tenantry.cloud.provisioning.ServiceReview;
import io.tenantry.cloud.provisioning.Services;
import io.tenantry.cloud.provisioning.Suspensions;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.Lazy;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.ReviewLabels;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.workqueue.WorkItems;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What staff see and do on the page of a service: the requests to the provider, decisions about work that waits for one, suspension. Shows
 * customers nothing.
 */
@Named
@ViewScoped
public class ServiceStaffActions implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String LOOK_WHY = "look-again:why";

    @Inject
    ServicePage page;

    @Inject
    Services services;

    @Inject
    ServiceReview serviceReview;

    @Inject
    Suspensions suspensions;

    @Inject
    ReviewLabels decided;

    @Inject
    CurrentPerson me;

    @Inject
    Format format;

    private final Lazy<List<ProviderCalls.CallView>> calls = new Lazy<>();
    private final Lazy<String> providerReason = new Lazy<>();
    private final Lazy<List<WorkItems.Parked>> stuck = new Lazy<>();
    private String reason = "";

    /** Returns the reason in the provider's words; empty for customers. */
    public String getProviderReason() {
        return providerReason.get(() -> page.getService().state() == Service.State.FAILED && isSeenByStaff()
                ? services.failure(page.known())
                : "");
    }

    /** Returns the requests to providers, and their outcomes; empty for customers. */
    public List<ProviderCalls.CallView> getCalls() {
        return calls.get(() -> isSeenByStaff() ? services.calls(page.known()) : List.of());
    }

    /** Returns the work item that waits for a decision: one or none; none for customers. */
    public List<WorkItems.Parked> getStuck() {
        return stuck.get(() -> isSeenByStaff() && isUnderWay()
                ? serviceReview.open(page.known()).stream().toList()
                : List.of());
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
        return page.getService().hasServer() && me.isStaff() && me.may(Permission.STAFF_SERVICES_VIEW);
    }

    /** Returns whether a work item may be processing it. */
    private boolean isUnderWay() {
        return switch (page.getService().state()) {
            case ORDERED, PROVISIONING, UNKNOWN, TERMINATING, FAILED -> true;
            case ACTIVE, SUSPENDED ->
                page.getService().switching().isPresent()
                        || page.getService().changing().isPresent();
            case TERMINATED -> false;
        };
    }

    /** Retries the work item that waits for a decision. */
    public void retry() {
        if (decided.isReasoned(LOOK_WHY, reason)) {
            decided.looked(serviceReview.retry(page.known(), reason), LOOK_WHY, page.here());
        }
    }

    /** Gives up the work item that waits for a decision. */
    public void giveUp() {
        if (decided.isReasoned("give-up:why", reason)) {
            decided.gaveUp(serviceReview.giveUp(page.known(), reason), page.here());
        }
    }

    /** Whether the user may suspend it, which only staff may. */
    public boolean isSuspendable() {
        return page.getService().state() == Service.State.ACTIVE && isSuspending();
    }

    /** Whether the user may lift its suspension. */
    public boolean isResumable() {
        return page.getService().state() == Service.State.SUSPENDED && isSuspending();
    }

    /** Whether the user may do either as soon as its state allows it. */
    public boolean isSuspending() {
        return !page.isOver() && me.isStaff() && me.may(Permission.STAFF_SERVICES_MANAGE);
    }

    /** Suspends the service. */
    public void suspend() {
        if (decided.isReasoned("suspend:why", reason)) {
            turn(() -> suspensions.suspend(page.known(), reason), "service.suspend.done");
        }
    }

    /** Lifts the suspension. */
    public void resume() {
        if (decided.isReasoned("resume:why", reason)) {
            turn(() -> suspensions.resume(page.known(), reason), "service.resume.done");
        }
    }

    private void turn(Runnable action, String done) {
        try {
            action.run();
            PageResult.go(page.here(), format.text(done, page.getService().name()));
        } catch (InvalidStateException wrong) {
            PageResult.refuse(format.text("service.wrong-state", format.state(wrong.state())));
        }
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = Objects.requireNonNullElse(reason, "").strip();
    }
}
