package io.tenantry.web.admin;

import io.tenantry.admin.platform.TenantOwners;
import io.tenantry.config.Settings;
import io.tenantry.people.identity.InvitationOutcome;
import io.tenantry.people.identity.TeamChange;
import io.tenantry.people.identity.TeamMember;
import io.tenantry.tenancy.TenantId;
import io.tenantry.web.layout.Format;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The owners of one reseller, to whom an operator restores access or adds others. */
@Named
@ViewScoped
public class TenantOwnersPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    TenantOwners tenantOwners;

    @Inject
    TenantPage page;

    @Inject
    Format format;

    @Inject
    Settings settings;

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

    /** Whether the owners manage their own team, so that operators send no links. */
    public boolean isByThemselves() {
        return getOwners().stream().anyMatch(owner -> owner.isLocked() || (owner.isActive() && owner.hasPassword()));
    }

    /** Returns the explanation of owners and their links. */
    public String getText() {
        return format.text(key("text"));
    }

    /** Returns the effect of sending an owner a new link. */
    public String getSendEffect() {
        return format.text(key("send.effect"));
    }

    /** Returns the key of a text about links, which are not sent without a mail server. */
    String key(String text) {
        return "tenants.owners." + text + (settings.mailHost().isEmpty() ? ".unmailed" : "");
    }

    /** Returns the sign-in state of an owner as text. */
    public String stateOf(TeamMember owner) {
        if (!owner.isActive()) {
            return format.text(owner.isLocked() ? "tenants.owners.state.locked" : "tenants.owners.state.disabled");
        }
        return format.text(owner.hasPassword() ? "tenants.owners.state.open" : "tenants.owners.state.invited");
    }

    /** Emails an owner a new link. */
    public void send(UUID personId) {
        var sent = tenantOwners.sendLink(tenant(), personId);
        if (sent.isPresent()) {
            FacesMessages.done(
                    format.text(key("sent"), format.email(sent.get().mailedTo().orElse(""))));
        } else {
            FacesMessages.refused(format.text("tenants.owners.by-themselves"));
        }
        owners = null;
    }

    /** Locks the account of an owner for the entered reason. */
    public void lock(UUID personId) {
        var change = tenantOwners.lock(tenant(), personId, reason);
        if (change == TeamChange.NO_REASON) {
            FacesMessages.at("owners:reason", format.text("impersonation.reason.missing"));
        } else {
            reason = "";
            FacesMessages.done(format.text("tenants.owners.locked"));
        }
        owners = null;
    }

    /** Unlocks the account of an owner. */
    public void unlock(UUID personId) {
        tenantOwners.unlock(tenant(), personId);
        FacesMessages.done(format.text(key("unlocked")));
        owners = null;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = Objects.requireNonNullElse(reason, "");
    }

    /** Makes the entered person an owner. */
    public void invite() {
        var outcome = tenantOwners.invite(tenant(), email, name);
        if (outcome instanceof InvitationOutcome.Invited invited) {
            FacesMessages.done(invited.mailedTo()
                    .map(address -> format.text(key("invited"), format.email(address)))
                    .orElseGet(() -> format.text("tenants.owners.known", name.strip())));
            email = "";
            name = "";
        } else if (outcome instanceof InvitationOutcome.AlreadyThere) {
            FacesMessages.at("owners:email", format.text("tenants.owners.there"));
        } else if (outcome instanceof InvitationOutcome.OwnerThere) {
            FacesMessages.at("owners:email", format.text("tenants.owners.open"));
        } else {
            // The role is given by the platform; any other refusal is about the address.
            var fields = outcome instanceof InvitationOutcome.Invalid invalid
                    ? invalid.fields()
                    : Set.of(InvitationOutcome.Field.EMAIL);
            if (fields.contains(InvitationOutcome.Field.NAME)) {
                FacesMessages.at("owners:name", format.text("field.member-name"));
            }
            if (fields.contains(InvitationOutcome.Field.EMAIL)) {
                FacesMessages.at("owners:email", format.text("field.member-email"));
            }
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
