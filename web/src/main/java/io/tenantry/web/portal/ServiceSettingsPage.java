package io.tenantry.web.portal;

import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.provisioning.Rescues;
import io.tenantry.provisioning.Resizes;
import io.tenantry.provisioning.Service;
import io.tenantry.provisioning.Services;
import io.tenantry.provisioning.Upkeep;
import io.tenantry.provisioning.WrongState;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Addresses;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be set of one service: its name, its plan, whether it may be ended, what is noted of it. For members and, below /staff, for staff. */
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
    Rescues rescues;

    @Inject
    Upkeep upkeep;

    @Inject
    Access access;

    @Inject
    CurrentPerson me;

    @Inject
    Words words;

    @Inject
    Fmt fmt;

    private @Nullable String parameter;
    private @Nullable UUID id;
    private String name = "";
    private String note = "";
    private String plan = "";
    private transient Services.@Nullable Summary service;
    private transient @Nullable List<Resizes.Choice> choices;
    private transient @Nullable Boolean rescuable;

    /** Looks at the service, if it may be seen. */
    public void open() {
        Visit.look(() -> {
            var known = Visit.id("service", parameter);
            var found = services.one(known);
            note = upkeep.note(known);
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

    /** What is being done to its server, in words; empty if nothing is. */
    public String getMeanwhile() {
        return words.meanwhile(getService());
    }

    /** Whether the person may set anything: it is not over, and theirs to manage. */
    public boolean isHandled() {
        var state = getService().state();
        return state != Service.State.TERMINATED
                && state != Service.State.FAILED
                && access.allowsIn(getService().organizationId(), Permission.VPS_MANAGE);
    }

    /** Whether its plan may be changed, or its server begin anew. */
    public boolean isChangeable() {
        return isHandled() && getService().state() == Service.State.ACTIVE;
    }

    /** The plans on sale where it is, with what a change would cost at once. */
    public List<Resizes.Choice> getChoices() {
        var known = choices;
        if (known == null) {
            known = isChangeable() ? resizes.choices(getService()) : List.of();
            choices = known;
        }
        return known;
    }

    /** Why a plan cannot be had, in words. */
    public String why(Resizes.Refusal refusal) {
        return fmt.text("service.refusal." + refusal.name().toLowerCase(Locale.ROOT));
    }

    /** Gives it the chosen plan. */
    public void change() {
        var wanted = Addresses.id(plan);
        if (wanted.isEmpty()) {
            Visit.refuse(fmt.text("service.change.choose"));
            return;
        }
        unlessWrong(() -> change(resizes.want(known(), wanted.get())));
    }

    private void change(Resizes.Outcome outcome) {
        if (outcome instanceof Resizes.Outcome.Done) {
            done("service.changed");
        } else if (outcome instanceof Resizes.Outcome.Wanted) {
            done("service.resize.begun");
        } else if (outcome instanceof Resizes.Outcome.Busy busy) {
            Visit.refuse(fmt.text("service.power.busy", words.doing(busy.meanwhile())));
        } else if (outcome instanceof Resizes.Outcome.NoWallet none) {
            Visit.refuse(fmt.text("order.no-wallet", none.currency()));
        } else if (outcome instanceof Resizes.Outcome.TooLittle lacking) {
            Visit.refuse(fmt.text("order.short", fmt.money(lacking.missing())));
        } else if (outcome instanceof Resizes.Outcome.Refused refused) {
            Visit.refuse(why(refused.why()));
        }
    }

    /** Whether it can be started into its vendor's rescue system, or is in it. */
    public boolean isRescuable() {
        var known = rescuable;
        if (known == null) {
            known = isChangeable() && rescues.isOffered(getService());
            rescuable = known;
        }
        return known;
    }

    /** Has it started into its rescue system. */
    public void rescue() {
        unlessWrong(() -> rescue(rescues.enter(known()), "rescue.begun"));
    }

    /** Has it started from its own disk again. */
    public void leaveRescue() {
        unlessWrong(() -> rescue(rescues.leave(known()), "rescue.leave.begun"));
    }

    private void rescue(Rescues.Outcome outcome, String begun) {
        if (outcome instanceof Rescues.Outcome.Busy busy) {
            Visit.refuse(fmt.text("service.power.busy", words.doing(busy.meanwhile())));
        } else if (outcome instanceof Rescues.Outcome.Impossible) {
            Visit.refuse(fmt.text("rescue.impossible"));
        } else if (outcome instanceof Rescues.Outcome.Unchanged) {
            Visit.refuse(fmt.text("rescue.unchanged"));
        } else {
            done(begun);
        }
    }

    /** Calls it otherwise. */
    public void rename() {
        unlessWrong(() -> {
            if (upkeep.rename(known(), name) == Upkeep.Outcome.INVALID) {
                Visit.refuse("rename:name", fmt.text("order.bad-name"));
            } else {
                done("service.renamed");
            }
        });
    }

    /** Protects it against being ended. */
    public void lock() {
        unlessWrong(() -> {
            var unused = upkeep.lock(known(), true);
            done("service.lock.on.done");
        });
    }

    /** Protects it no more. */
    public void unlock() {
        unlessWrong(() -> {
            var unused = upkeep.lock(known(), false);
            done("service.lock.off.done");
        });
    }

    /** Keeps what is noted. */
    public void keep() {
        unlessWrong(() -> {
            if (upkeep.note(known(), note) == Upkeep.Outcome.INVALID) {
                Visit.refuse("notes:note", fmt.text("service.note.long", Upkeep.NOTE_MAX));
            } else {
                done("service.note.kept");
            }
        });
    }

    private void unlessWrong(Runnable deed) {
        try {
            deed.run();
        } catch (WrongState wrong) {
            Visit.refuse(fmt.text("service.wrong-state", fmt.state(wrong.state())));
        }
    }

    private void done(String key) {
        Visit.go((me.isStaff() ? "/staff" : "/portal") + "/service-settings?id=" + known(), fmt.text(key));
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
        return Visit.opened(id);
    }
}
