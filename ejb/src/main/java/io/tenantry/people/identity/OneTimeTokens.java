package io.tenantry.people.identity;

import io.tenantry.config.Settings;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Creates one-time links: 256 random bits, of which only the hash is stored. Their URL is built from our directory of hosts, never from the
 * Host header of a request. The secret is in the fragment after {@code #}, which browsers never send: no log of a server or proxy contains it.
 * A reseller's people get it by mail. Checks no permission: the calling use case does.
 */
@Dependent
class OneTimeTokens {
    private static final String ISSUE = """
            insert into one_time_link (token_hash, person_id, purpose, created_at, expires_at, invitation_id, created_by,
                                       created_with)
            values (?, ?, ?, now(), now() + cast(? as interval), cast(? as uuid), cast(? as uuid), cast(? as uuid))
            returning expires_at
            """;

    /** The time until the person may get another link; no row if that is now. As for a forgotten password. */
    private static final String WAIT = """
            select ceil(extract(epoch from max(created_at) + interval '5 minutes' - now()))::int as seconds
              from one_time_link
             where person_id = ?
               and used_at is null
               and created_at > now() - interval '5 minutes'
            having count(*) > 0
            """;

    @Inject
    Sql sql;

    @Inject
    Settings settings;

    @Inject
    TenantDirectory tenants;

    @Inject
    Event<SecurityMailRequested> securityMails;

    /** Creates a link and deletes older ones of the person. */
    IssuedLink issue(UUID personId, PasswordLinks.Purpose purpose) {
        forget(personId);
        return made(personId, purpose, null);
    }

    /** Creates a link for a person without a password; links of organizations' invitations stay, because they are independent of it. */
    IssuedLink invite(UUID personId) {
        sql.update("""
                update one_time_link
                   set used_at = now()
                 where person_id = ?
                   and invitation_id is null
                   and used_at is null
                """, personId);
        return made(personId, PasswordLinks.Purpose.INVITE, null);
    }

    /**
     * Creates a link with which a new person accepts an invitation; links of other invitations stay, because they are independent of this
     * inviter.
     */
    IssuedLink issueFor(UUID personId, UUID invitationId) {
        forgetOf(invitationId);
        return made(personId, PasswordLinks.Purpose.INVITE, invitationId);
    }

    private IssuedLink made(UUID personId, PasswordLinks.Purpose purpose, @Nullable UUID invitationId) {
        var secret = RandomTokens.secret();
        var expiresAt = sql.one(
                ISSUE,
                row -> row.instant("expires_at"),
                RandomTokens.sha256(secret),
                personId,
                purpose,
                purpose.life().toSeconds() + " seconds",
                invitationId,
                Actors.current()
                        .flatMap(actor -> Optional.ofNullable(actor.personId()))
                        .orElse(null),
                CurrentApiKey.idInUse());
        var link = new IssuedLink(settings.origin(host()) + "/link#" + secret, expiresAt);
        var linkId = HexFormat.of().formatHex(RandomTokens.sha256(secret));
        securityMails.fire(new SecurityMailRequested.LinkCreated(personId, purpose, linkId, link.url()));
        return link;
    }

    /**
     * Creates a link and mails it to its person.
     *
     * @throws TooManyLinksException if the last one was mailed a moment ago; the system is exempt
     */
    LinkSent send(UUID personId, PasswordLinks.Purpose purpose) {
        if (isMailed() && !Actors.require().isSystem()) {
            refuseTooSoon(personId);
        }
        var link = issue(personId, purpose);
        Optional<String> address = isMailed()
                ? sql.first("select email from person where id = ?", row -> row.text("email"), personId)
                : Optional.empty();
        var isShown = purpose == PasswordLinks.Purpose.INVITE
                ? mayBeShown()
                : Actors.require().isSystem();
        Optional<IssuedLink> shown = isShown ? Optional.of(link) : Optional.empty();
        return new LinkSent(address, isKept(), link.expiresAt(), shown);
    }

    /** Concurrent calls wait for each other. */
    private void refuseTooSoon(UUID personId) {
        sql.first("select id from person where id = ? for no key update", row -> row.uuid("id"), personId);
        sql.first(WAIT, row -> row.whole("seconds"), personId).ifPresent(seconds -> {
            throw new TooManyLinksException(TooManyLinksException.Limit.PERSON, Duration.ofSeconds(seconds));
        });
    }

    /**
     * Whether a mail is written for links: on a platform without a mail server not for those of operators, which are shown instead. Mails of
     * resellers are always written; without a mail server they are kept and not sent.
     */
    boolean isMailed() {
        return !Tenancy.scope().equals(Scope.PLATFORM) || !settings.mailHost().isEmpty();
    }

    /** Whether mails with links are kept and not sent. Except in a demo, they contain no usable link. */
    boolean isKept() {
        return settings.mailHost().isEmpty();
    }

    /**
     * Whether the current actor may see an invitation's link: the system, which hands the first person of a new reseller to its operator, and
     * operators where it cannot be mailed. In all other cases it is mailed to its person: a link gives access to an account.
     */
    boolean mayBeShown() {
        return !isMailed() || Actors.require().isSystem();
    }

    /** Invalidates all links of the person. */
    void forget(UUID personId) {
        sql.update("update one_time_link set used_at = now() where person_id = ? and used_at is null", personId);
    }

    /** Invalidates the link of an invitation. */
    void forgetOf(UUID invitationId) {
        sql.update(
                "update one_time_link set used_at = now() where invitation_id = ? and used_at is null", invitationId);
    }

    private String host() {
        return Tenancy.scope().equals(Scope.PLATFORM)
                ? settings.platformHost()
                : tenants.current().primaryHost();
    }
}
