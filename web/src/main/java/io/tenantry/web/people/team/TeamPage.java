package io.tenantry.web.people.team;

import io.tenantry.people.identity.AccountLocks;
import io.tenantry.people.identity.InvitationOutcome;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.OpenInvitation;
import io.tenantry.people.identity.Role;
import io.tenantry.people.identity.TeamChange;
import io.tenantry.people.identity.TeamMember;
import io.tenantry.people.identity.TooManyLinksException;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.MailTexts;
import io.tenantry.web.layout.PageResult;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A team as a list, one member with the available actions, and the form that invites another. */
public abstract class TeamPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    Format format;

    @Inject
    MailTexts mailTexts;

    private @Nullable String parameter;
    private @Nullable UUID chosenId;
    private String email = "";
    private String name = "";
    private String role = "";
    private String newRole = "";
    private String reason = "";
    private @Nullable OneTimeLinkView oneTimeLinkView;
    private String handoverFor = "";
    private transient @Nullable List<TeamMember> all;
    private transient @Nullable List<Role> roles;
    private transient @Nullable List<OpenInvitation> invitations;

    /** Returns the team that the page is about. */
    protected abstract Team team();

    /** Returns the address of the page, without the member. */
    public abstract String getPath();

    /** Whether a link may be sent to a person who has a password; otherwise such people request it themselves. */
    public abstract boolean isLinkForAll();

    /** Determines the team, if the user may view it. */
    protected void begin() {}

    /** Loads the team, and a member if the address names one. */
    public void open() {
        PageResult.load(() -> {
            begin();
            all = team().list();
            if (parameter != null && !parameter.isBlank()) {
                var id = PageResult.id("person", parameter);
                newRole = member(id)
                        .orElseThrow(() -> new NotFoundException("person", "of this team"))
                        .role();
                chosenId = id;
            }
        });
    }

    /** Adds or invites a person. */
    public void invite() {
        try {
            showOutcome(team().invite(email, name, role));
        } catch (TooManyLinksException tooMany) {
            PageResult.refuse(
                    "invite:email",
                    format.text("team.refused.TOO_MANY_" + tooMany.limit().name()));
        }
    }

    private void showOutcome(InvitationOutcome outcome) {
        if (outcome instanceof InvitationOutcome.Pending) {
            // The message is the same for a new and an existing person, so that it does not reveal which.
            PageResult.go(getPath(), mailTexts.text("team.invited.person", name.strip()));
        } else if (outcome instanceof InvitationOutcome.Invited invited) {
            if (invited.shown().isPresent()) {
                handOver(OneTimeLinkView.of(invited.shown().get()), name.strip());
                email = "";
                name = "";
            } else {
                PageResult.go(pathTo(invited.personId()), mailTexts.text("team.invited.colleague", name.strip()));
            }
        } else if (outcome instanceof InvitationOutcome.Invalid invalid) {
            invalid.fields().forEach(this::refuse);
        } else {
            var why = outcome instanceof InvitationOutcome.AlreadyThere
                    ? "invite.there"
                    : outcome instanceof InvitationOutcome.AlreadyInvited ? "invite.open-already" : "invite.role";
            PageResult.refuse("invite:" + (why.equals("invite.role") ? "role" : "email"), format.text(why));
        }
    }

    private void refuse(InvitationOutcome.Field field) {
        switch (field) {
            case EMAIL -> PageResult.refuse("invite:email", format.text("field.member-email"));
            case NAME -> PageResult.refuse("invite:person", format.text("field.member-name"));
            case ROLE -> PageResult.refuse("invite:role", format.text("invite.role"));
        }
    }

    /** Returns the open invitations, by name. */
    public List<OpenInvitation> getInvitations() {
        var known = invitations;
        if (known == null) {
            known = team().invitations();
            invitations = known;
        }
        return known;
    }

    /** Sends an invitation again. */
    public void sendAgain(UUID id) {
        try {
            PageResult.load(() -> {
                var sent = team().sendAgain(id);
                if (sent.isPresent()) {
                    PageResult.go(
                            getPath(),
                            mailTexts.text(
                                    "team.invited",
                                    format.email(sent.get().mailedTo().orElse(""))));
                } else {
                    PageResult.refuse(format.text("invite.role"));
                }
            });
        } catch (TooManyLinksException tooMany) {
            PageResult.refuse(
                    format.text("team.refused.TOO_MANY_" + tooMany.limit().name()));
        }
    }

    /** Withdraws an invitation. */
    public void withdraw(UUID id) {
        PageResult.load(() -> {
            team().withdraw(id);
            PageResult.go(getPath(), format.text("invite.withdrawn"));
        });
    }

    /** Sends the member a link to choose a password. */
    public void sendLink() {
        try {
            PageResult.load(this::send);
        } catch (TooManyLinksException tooMany) {
            PageResult.refuse(
                    format.text("team.refused.TOO_MANY_" + tooMany.limit().name()));
        }
    }

    private void send() {
        var sent = team().sendLink(known());
        if (sent.isEmpty()) {
            PageResult.refuse(format.text("team.refused.HAS_PASSWORD"));
        } else if (sent.get().shown().isPresent()) {
            handOver(OneTimeLinkView.of(sent.get().shown().get()), chosen().name());
        } else {
            PageResult.go(
                    pathTo(known()),
                    mailTexts.text(
                            "team.link-sent", format.email(sent.get().mailedTo().orElse(""))));
        }
    }

    /** Assigns the chosen role to the member. */
    public void changeRole() {
        end(() -> team().changeRole(known(), newRole), "team.done.role");
    }

    /** Disables the member's account. */
    public void disable() {
        end(() -> team().disable(known()), "team.done.disabled");
    }

    /** Enables the member's account again. */
    public void enable() {
        end(() -> team().enable(known()), "team.done.enabled");
    }

    /** Locks the member's account for security, with the entered reason. */
    public void lock() {
        end(
                () -> {
                    var change = locks().lock(known(), reason);
                    if (change == TeamChange.NO_REASON) {
                        PageResult.refuse("lock:reason", format.text("impersonation.reason.missing"));
                    }
                    return change;
                },
                "team.done.locked");
    }

    /** Unlocks the member's account by a link. */
    public void unlock() {
        end(() -> locks().unlock(known()), mailTexts.key("team.done.unlocked"));
    }

    private AccountLocks locks() {
        return team().locks().orElseThrow(() -> new NotFoundException("lock", "of this team"));
    }

    /** Whether the user may lock accounts of this team. */
    public boolean isLocking() {
        return team().locks().isPresent();
    }

    public int getReasonMax() {
        return AccountLocks.REASON_MAX;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = Objects.requireNonNullElse(reason, "");
    }

    /** Signs the member out on all devices. */
    public void endSessions() {
        end(() -> team().endSessions(known()), "team.done.sessions");
    }

    /** Revokes the member's API keys. */
    public void revokeKeys() {
        end(() -> team().revokeKeys(known()), "team.done.keys");
    }

    /** Removes the member from the team. */
    public void remove() {
        end(() -> team().remove(known()), "team.done.removed");
    }

    private interface TeamAction {
        TeamChange done();
    }

    private void end(TeamAction teamAction, String stated) {
        PageResult.load(() -> {
            var who = chosen().name();
            var change = teamAction.done();
            if (change == TeamChange.DONE) {
                PageResult.go(
                        stated.equals("team.done.removed") ? getPath() : pathTo(known()), format.text(stated, who));
            } else if (change != TeamChange.NO_REASON) {
                PageResult.refuse(format.text("team.refused." + change.name(), who));
                all = null;
            }
        });
    }

    private void handOver(OneTimeLinkView link, String who) {
        oneTimeLinkView = link;
        handoverFor = who;
        all = null;
    }

    public List<TeamMember> getAll() {
        var known = all;
        if (known == null) {
            known = team().list();
            all = known;
        }
        return known;
    }

    /** Returns the roles that can be assigned. */
    public List<Role> getRoles() {
        var known = roles;
        if (known == null) {
            known = team().roles();
            roles = known;
        }
        return known;
    }

    /** Returns the codes of the roles that the member may have next: the assignable ones, and the current one. */
    public List<String> getNextRoles() {
        return Stream.concat(Stream.of(chosen().role()), getRoles().stream().map(Role::code))
                .distinct()
                .toList();
    }

    /** Returns the member that the address names, if any. */
    public @Nullable TeamMember getChosen() {
        var id = chosenId;
        return id == null ? null : member(id).orElse(null);
    }

    /** Returns the address of a member. */
    public String pathTo(UUID personId) {
        return getPath() + (getPath().contains("?") ? "&" : "?") + "person=" + personId;
    }

    /** Returns the label of a role. */
    public String roleName(String code) {
        return format.text("role." + code);
    }

    /** Returns the state of a member's account: active, invited, disabled or locked. */
    public String state(TeamMember member) {
        if (!member.isActive()) {
            return member.isLocked() ? "locked" : "disabled";
        }
        return member.hasPassword() ? "active" : "invited";
    }

    /** Returns the tone of that state. */
    public String tone(TeamMember member) {
        return switch (state(member)) {
            case "active" -> "ok";
            case "invited" -> "info";
            case "locked" -> "bad";
            default -> "quiet";
        };
    }

    /** Whether a link to choose a password can be sent to the member. */
    public boolean isLinkPossible() {
        var member = getChosen();
        return member != null && member.isActive() && (!member.hasPassword() || isLinkForAll());
    }

    /** Returns the link that was just created, if there is no email. */
    public @Nullable OneTimeLinkView getHandover() {
        return oneTimeLinkView;
    }

    /** Returns the person that the link is for. */
    public String getHandoverFor() {
        return handoverFor;
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
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

    public String getRole() {
        return role;
    }

    public void setRole(@Nullable String role) {
        this.role = Objects.requireNonNullElse(role, "").toLowerCase(Locale.ROOT);
    }

    public String getNewRole() {
        return newRole;
    }

    public void setNewRole(@Nullable String newRole) {
        this.newRole = Objects.requireNonNullElse(newRole, "").toLowerCase(Locale.ROOT);
    }

    private Optional<TeamMember> member(UUID id) {
        return getAll().stream().filter(one -> one.personId().equals(id)).findFirst();
    }

    private TeamMember chosen() {
        return member(known()).orElseThrow(() -> new NotFoundException("person", "of this team"));
    }

    private UUID known() {
        return Objects.requireNonNull(chosenId, "open() must be called first");
    }
}
