package io.tenantry.web.console;

import io.tenantry.identity.InvitationOutcome;
import io.tenantry.identity.TeamChange;
import io.tenantry.identity.TeamMember;
import io.tenantry.platform.TenantOwners;
import io.tenantry.tenancy.TenantId;
import io.tenantry.web.shell.Fmt;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Owners of one reseller, whom an operator lets in again or adds. */
@Named
@ViewScoped
public class TenantOwnersPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    TenantOwners tenantOwners;

    @Inject
    TenantPage page;

    @Inject
    Fmt fmt;

    private String email = "";
    private String name = "";
    private String reason = "";
    private transient @Nullable List<TeamMember> owners;

    public List<TeamMember> getOwners() {
        var known = owners;
        if (known == null) {
            known = tenantOwners.list(tenant());
            owners = known;
        }
        return known;
    }

    /** Whether the owners look after their own team, so that operators send no links. */
    public boolean isByThemselves() {
        return getOwners().stream().anyMatch(owner -> owner.isLocked() || (owner.isActive() && owner.hasPassword()));
    }

    /** Whether an owner can sign in, in words. */
    public String stateOf(TeamMember owner) {
        if (!owner.isActive()) {
            return fmt.text(owner.isLocked() ? "tenants.owners.state.locked" : "tenants.owners.state.disabled");
        }
        return fmt.text(owner.hasPassword() ? "tenants.owners.state.open" : "tenants.owners.state.invited");
    }

    /** Mails an owner a new link. */
    public void send(UUID personId) {
        var sent = tenantOwners.sendLink(tenant(), personId);
        if (sent.isPresent()) {
            Notices.done(fmt.text(
                    "tenants.owners.sent", fmt.email(sent.get().mailedTo().orElse(""))));
        } else {
            Notices.refused(fmt.text("tenants.owners.by-themselves"));
        }
        owners = null;
    }

    /** Locks the account of an owner, for the reason that was typed. */
    public void lock(UUID personId) {
        var change = tenantOwners.lock(tenant(), personId, reason);
        if (change == TeamChange.NO_REASON) {
            Notices.at("owners:reason", fmt.text("act.reason.missing"));
        } else {
            reason = "";
            Notices.done(fmt.text("tenants.owners.locked"));
        }
        owners = null;
    }

    /** Unlocks the account of an owner. */
    public void unlock(UUID personId) {
        tenantOwners.unlock(tenant(), personId);
        Notices.done(fmt.text("tenants.owners.unlocked"));
        owners = null;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = Objects.requireNonNullElse(reason, "");
    }

    /** Makes the person who was typed an owner. */
    public void invite() {
        var outcome = tenantOwners.invite(tenant(), email, name);
        if (outcome instanceof InvitationOutcome.Invited invited) {
            Notices.done(invited.mailedTo()
                    .map(address -> fmt.text("tenants.owners.invited", fmt.email(address)))
                    .orElseGet(() -> fmt.text("tenants.owners.known", name.strip())));
            email = "";
            name = "";
        } else if (outcome instanceof InvitationOutcome.AlreadyThere) {
            Notices.at("owners:email", fmt.text("tenants.owners.there"));
        } else if (outcome instanceof InvitationOutcome.OwnerThere) {
            Notices.at("owners:email", fmt.text("tenants.owners.open"));
        } else {
            var isName = outcome instanceof InvitationOutcome.Invalid invalid
                    && invalid.field() == InvitationOutcome.Field.NAME;
            Notices.at(
                    isName ? "owners:name" : "owners:email",
                    fmt.text(isName ? "field.member-name" : "field.member-email"));
        }
        owners = null;
    }

    private TenantId tenant() {
        return page.getTenant().id();
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(@Nullable String email) {
        this.email = Objects.requireNonNullElse(email, "");
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = Objects.requireNonNullElse(name, "");
    }
}
