package io.tenantry.web.api;

import io.tenantry.people.identity.InvitationOutcome;
import io.tenantry.people.identity.IssuedLink;
import io.tenantry.people.identity.LinkSent;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.OpenInvitation;
import io.tenantry.people.identity.TeamChange;
import io.tenantry.people.identity.TeamMember;
import io.tenantry.web.people.team.Team;
import io.tenantry.web.problem.Problem.FieldError;
import io.tenantry.web.problem.ProblemException;
import io.tenantry.web.problem.ProblemType;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The operations that the API offers on any team, and their responses. */
final class TeamCalls {
    private final Team team;

    TeamCalls(Team team) {
        this.team = team;
    }

    /**
     * A member of a team.
     *
     * @param state active, invited (no password yet), disabled or locked (for security)
     * @param apiKeys how many valid keys the member has for this team
     */
    public record Member(UUID id, String name, String email, String role, String state, int apiKeys, Instant joinedAt) {
        static Member of(TeamMember one) {
            var state = one.isActive() && !one.hasPassword()
                    ? "invited"
                    : one.state().toLowerCase(Locale.ROOT);
            return new Member(one.personId(), one.name(), one.email(), one.role(), state, one.keys(), one.joinedAt());
        }
    }

    /** A role to assign. */
    public record RoleRequest(@Nullable String role) {}

    /**
     * The delivery of a link to choose a password.
     *
     * @param mailedTo the address that it went to; null if it is not sent, because no mail server is configured
     * @param url the link itself, where there is no mail: for operators
     */
    public record SentLink(
            @Nullable String mailedTo,
            Instant expiresAt,
            @Nullable String url) {
        static SentLink of(LinkSent sent) {
            return new SentLink(
                    sent.isKept() ? null : sent.mailedTo().orElse(null),
                    sent.expiresAt(),
                    sent.shown().map(IssuedLink::url).orElse(null));
        }
    }

    Paging.Page<Member> list() {
        return new Paging.Page<>(team.list().stream().map(Member::of).toList(), null);
    }

    Member one(String id) {
        return one(known(id));
    }

    /**
     * An open invitation: the data that was entered, and nothing about the account behind it.
     *
     * @param expired whether it must be sent again before it can be accepted
     */
    public record Invitation(
            UUID id, String name, String email, String role, boolean expired, Instant invitedAt, Instant expiresAt) {
        static Invitation of(OpenInvitation one) {
            return new Invitation(
                    one.id(), one.name(), one.email(), one.role(), one.isExpired(), one.invitedAt(), one.expiresAt());
        }
    }

    Paging.Page<Invitation> invitations() {
        return new Paging.Page<>(team.invitations().stream().map(Invitation::of).toList(), null);
    }

    /** Invites a person who becomes a member by accepting. */
    Invitation ask(@Nullable String email, @Nullable String name, @Nullable String role) {
        var outcome = team.invite(given(email), given(name), given(role));
        if (outcome instanceof InvitationOutcome.Pending made) {
            return invitation(made.invitationId());
        }
        throw refused(outcome, email, name, role);
    }

    Invitation sendAgain(String id) {
        var known = known(id);
        if (team.sendAgain(known).isEmpty()) {
            throw new ProblemException(ProblemType.ACCESS_DENIED, "you cannot assign the role of this invitation");
        }
        return invitation(known);
    }

    void withdraw(String id) {
        team.withdraw(known(id));
    }

    private Invitation invitation(UUID id) {
        return team.invitations().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .map(Invitation::of)
                .orElseThrow(() -> new NotFoundException("invitation", id));
    }

    Member invite(@Nullable String email, @Nullable String name, @Nullable String role) {
        var outcome = team.invite(given(email), given(name), given(role));
        if (outcome instanceof InvitationOutcome.Invited invited) {
            return one(invited.personId());
        }
        throw refused(outcome, email, name, role);
    }

    private static ProblemException refused(
            InvitationOutcome outcome, @Nullable String email, @Nullable String name, @Nullable String role) {
        if (outcome instanceof InvitationOutcome.Invalid invalid) {
            return ProblemException.fields(invalid.fields().stream()
                    .map(field -> switch (field) {
                        case EMAIL -> fault("email", email, "malformed");
                        case NAME -> fault("name", name, "malformed");
                        case ROLE -> fault("role", role, "reserved");
                    })
                    .toList());
        }
        return outcome instanceof InvitationOutcome.AlreadyThere || outcome instanceof InvitationOutcome.AlreadyInvited
                ? ProblemException.field("email", "taken", given(email))
                : ProblemException.fields(List.of(fault("role", role, "reserved")));
    }

    private static FieldError fault(String field, @Nullable String text, String why) {
        return new FieldError(field, given(text).isBlank() ? "missing" : why, given(text));
    }

    SentLink sendLink(String id) {
        return team.sendLink(known(id))
                .map(SentLink::of)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.INVALID_STATE,
                        "this person has a password and can request a new one on the sign-in page"));
    }

    Member changeRole(String id, @Nullable RoleRequest request) {
        if (request == null) {
            throw new ProblemException(ProblemType.UNREADABLE, "the body is missing");
        }
        var change = team.changeRole(known(id), given(request.role()));
        if (change == TeamChange.ROLE_NOT_ALLOWED) {
            throw ProblemException.field("role", "reserved", given(request.role()));
        }
        return done(id, change);
    }

    Member disable(String id) {
        return done(id, team.disable(known(id)));
    }

    Member enable(String id) {
        return done(id, team.enable(known(id)));
    }

    Member endSessions(String id) {
        return done(id, team.endSessions(known(id)));
    }

    Member revokeKeys(String id) {
        return done(id, team.revokeKeys(known(id)));
    }

    void remove(String id) {
        refuse(team.remove(known(id)));
    }

    private Member done(String id, TeamChange change) {
        refuse(change);
        return one(id);
    }

    static void refuse(TeamChange change) {
        switch (change) {
            case DONE -> {}
            case ROLE_NOT_ALLOWED ->
                throw new ProblemException(
                        ProblemType.ACCESS_DENIED, "you cannot assign or remove the role of this person");
            case LAST_OWNER ->
                throw new ProblemException(ProblemType.INVALID_STATE, "this person is the last owner who can sign in");
            case OWN_ACCOUNT ->
                throw new ProblemException(ProblemType.INVALID_STATE, "you cannot disable or lock your own account");
            case LOCKED -> throw new ProblemException(ProblemType.INVALID_STATE, "this account is locked for security");
            case LOCKED_BY_PLATFORM ->
                throw new ProblemException(ProblemType.INVALID_STATE, "a platform operator locked this account");
            case NO_REASON -> throw ProblemException.field("reason", "malformed", "");
            case OTHER_ORGANIZATION ->
                throw new ProblemException(
                        ProblemType.INVALID_STATE,
                        "this account is not managed by the organization alone; remove the member");
        }
    }

    private Member one(UUID id) {
        return team.list().stream()
                .filter(one -> one.personId().equals(id))
                .findFirst()
                .map(Member::of)
                .orElseThrow(() -> new NotFoundException("person", id));
    }

    private static UUID known(String id) {
        return ActingOrganization.id("id", id);
    }

    private static String given(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }
}
