package io.tenantry.web.portal;

import io.tenantry.cloud.provisioning.InvalidStateException;
import io.tenantry.cloud.provisioning.RescueOperations;
import io.tenantry.cloud.provisioning.Resizes;
import io.tenantry.cloud.provisioning.Service;
import io.tenantry.cloud.provisioning.ServiceSettings;
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
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one service: its name, its plan, the protection against termination, and notes. For members and, below /staff, for staff.
 */
@Named
@ViewScoped
public class ServiceSettingsPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentOrganization organization;

    @Inject
    Services services;

    @Inject
    Resizes resizes;

    @Inject
    RescueOperations rescueOperations;

    @Inject
    ServiceSettings serviceSettings;

    @Inject
    Access access;

    @Inject
    CurrentPerson me;

    @Inject
    PortalLabels portalLabels;

    @Inject
    Format format;

    private @Nullable String parameter;
    private @Nullable UUID id;
    private String name = "";
    private String note = "";
    private String plan = "";
    private transient Services.@Nullable Summary service;
    private transient @Nullable List<Resizes.Choice> choices;
    private transient @Nullable Boolean rescuable;

    /** Loads the service, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
            var known = PageResult.id("service", parameter);
            var found = services.one(known);
            note = serviceSettings.note(known);
            name = found.name();
            service = found;
            organization.show(found.organizationId());
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

    /** Returns the action in progress on its server; empty if there is none. */
    public String getMeanwhile() {
        return portalLabels.meanwhile(getService());
    }

    /** Whether the user may change any setting: the service has not ended, and the user may manage it. */
    public boolean isHandled() {
        return isLiving() && access.allowsIn(getService().organizationId(), Permission.VPS_MANAGE);
    }

    /** Whether the user may change the note. */
    public boolean isNoted() {
        return isLiving() && access.allowsIn(getService().organizationId(), Permission.NOTES_MANAGE);
    }

    private boolean isLiving() {
        var state = getService().state();
        return state != Service.State.TERMINATED && state != Service.State.FAILED;
    }

    /** Whether its server may be rebuilt, which requires the permission to delete it. */
    public boolean isRebuildable() {
        return isChangeable()
                && getService().hasServer()
                && access.allowsIn(getService().organizationId(), Permission.VPS_DELETE);
    }

    /** Whether its plan may be changed. */
    public boolean isChangeable() {
        return isHandled() && getService().state() == Service.State.ACTIVE;
    }

    /** Returns the plans on sale in its region, with the immediate cost of a change. */
    public List<Resizes.Choice> getChoices() {
        var known = choices;
        if (known == null) {
            known = isChangeable() ? resizes.choices(getService()) : List.of();
            choices = known;
        }
        return known;
    }

    /** Returns the reason why a plan is not available. */
    public String why(Resizes.Refusal refusal) {
        return format.text("service.refusal." + refusal.name().toLowerCase(Locale.ROOT));
    }

    /** Changes to the chosen plan. */
    public void change() {
        var wanted = SeenPlan.of(plan);
        if (wanted.isEmpty()) {
            PageResult.refuse(format.text("service.change.choose"));
            return;
        }
        unlessWrong(() -> change(resizes.want(
                known(), wanted.get().planId(), Optional.of(wanted.get().priceVersionId()))));
    }

    private void change(Resizes.Outcome outcome) {
        if (outcome instanceof Resizes.Outcome.Done) {
            done("service.changed");
        } else if (outcome instanceof Resizes.Outcome.Wanted) {
            done("service.resize.started");
        } else if (outcome instanceof Resizes.Outcome.Busy busy) {
            PageResult.refuse(format.text("service.power.busy", portalLabels.doing(busy.meanwhile())));
        } else if (outcome instanceof Resizes.Outcome.PriceChanged changed) {
            choices = null;
            PageResult.refuse(format.text("order.price-changed", format.money(changed.monthly())));
        } else if (outcome instanceof Resizes.Outcome.NoWallet none) {
            PageResult.refuse(format.text("order.no-wallet", none.currency()));
        } else if (outcome instanceof Resizes.Outcome.InsufficientFunds lacking) {
            PageResult.refuse(format.text("order.short", format.money(lacking.missing())));
        } else if (outcome instanceof Resizes.Outcome.Refused refused) {
            PageResult.refuse(why(refused.why()));
        }
    }

    /** Whether it can be booted into its provider's rescue system, or is in it. */
    public boolean isRescuable() {
        var known = rescuable;
        if (known == null) {
            known = isChangeable() && rescueOperations.isOffered(getService());
            rescuable = known;
        }
        return known;
    }

    /** Requests a boot into its rescue system. */
    public void rescue() {
        unlessWrong(() -> rescue(rescueOperations.enter(known()), "rescue.started"));
    }

    /** Requests a boot from its own disk again. */
    public void leaveRescue() {
        unlessWrong(() -> rescue(rescueOperations.leave(known()), "rescue.exit.started"));
    }

    private void rescue(RescueOperations.Outcome outcome, String started) {
        if (outcome instanceof RescueOperations.Outcome.Busy busy) {
            PageResult.refuse(format.text("service.power.busy", portalLabels.doing(busy.meanwhile())));
        } else if (outcome instanceof RescueOperations.Outcome.Impossible) {
            PageResult.refuse(format.text("rescue.impossible"));
        } else if (outcome instanceof RescueOperations.Outcome.Unchanged) {
            PageResult.refuse(format.text("rescue.unchanged"));
        } else {
            done(started);
        }
    }

    /** Renames the service. */
    public void rename() {
        unlessWrong(() -> {
            if (serviceSettings.rename(known(), name) == ServiceSettings.Outcome.INVALID) {
                PageResult.refuse("rename:name", format.text("order.bad-name"));
            } else {
                done("service.renamed");
            }
        });
    }

    /** Protects it against termination. */
    public void lock() {
        unlessWrong(() -> {
            var unused = serviceSettings.lock(known(), true);
            done("service.lock.on.done");
        });
    }

    /** Removes the protection. */
    public void unlock() {
        unlessWrong(() -> {
            var unused = serviceSettings.lock(known(), false);
            done("service.lock.off.done");
        });
    }

    /** Saves the notes. */
    public void keep() {
        unlessWrong(() -> {
            if (serviceSettings.note(known(), note) == ServiceSettings.Outcome.INVALID) {
                PageResult.refuse("notes:note", format.text("service.note.long", ServiceSettings.NOTE_MAX));
            } else {
                done("service.note.kept");
            }
        });
    }

    private void unlessWrong(Runnable action) {
        try {
            action.run();
        } catch (InvalidStateException wrong) {
            PageResult.refuse(format.text("service.wrong-state", format.state(wrong.state())));
        }
    }

    private void done(String key) {
        PageResult.go((me.isStaff() ? "/staff" : "/portal") + "/service-settings?id=" + known(), format.text(key));
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = Objects.requireNonNullElse(name, "");
    }

    public String getNote() {
        return note;
    }

    public void setNote(@Nullable String note) {
        this.note = Objects.requireNonNullElse(note, "");
    }

    public String getPlan() {
        return plan;
    }

    public void setPlan(@Nullable String plan) {
        this.plan = Objects.requireNonNullElse(plan, "");
    }

    private UUID known() {
        return PageResult.opened(id);
    }
}
