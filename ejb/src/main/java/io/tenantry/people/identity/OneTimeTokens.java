package io.tenantry.people.identity;

import io.tenantry.config.Settings;
import io.tenantry.tenancy.Actor;
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
 * Makes one-time links: 256 random bits, of which we keep only the hash. Their address is made from our directory of hosts,
 * never from what a request claims to be addressed to. The secret stands behind {@code #}, which browsers send to nobody: no
 * log of a server or proxy has it. A reseller's people get it by mail. Asks for no permission: the use case that makes the link did.
 */
@Dependent
class OneTimeTokens {
    private static final String ISSUE = """
            insert into one_time_link (token_hash, person_id, purpose, created_at, expires_at, invitation_id, made_by,
                                       made_with)
            values (?, ?, ?, now(), now() + cast(? as interval), cast(? as uuid), cast(? as uuid), cast(? as uuid))
            returning expires_at
            """;

    /** How long until the person may get another one; no row if that is now. As with a forgotten password. */
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
    Event<SecurityMailRequested> told;

    /** Makes a link and forgets older ones of the person. */
    IssuedLink issue(UUID personId, PasswordLinks.Purpose purpose) {
        forget(personId);
        return made(personId, purpose, null);
    }

    /** Makes the link of somebody who has no password yet; links of organizations' invitations stay, which are not about this one. */
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

    /** Makes a link with which a new person accepts an invitation; links of other invitations stay, for these do not concern whoever made this one. */
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
                keyInUse());
        var link = new IssuedLink(settings.origin(host()) + "/link#" + secret, expiresAt);
        var linkId = HexFormat.of().formatHex(RandomTokens.sha256(secret));
        told.fire(new SecurityMailRequested.OfLink(personId, purpose, linkId, link.url()));
        return link;
    }

    /** None for the system: an operator's key, with which it may have been asked to act in a reseller, is no key there. */
    private static @Nullable UUID keyInUse() {
        return Actors.current().filter(Actor::isSystem).isPresent() ? null : CurrentApiKey.idInUse();
    }

    /**
     * Makes a link, which goes to its person by mail.
     *
     * @throws TooManyLinksException if the last one was mailed a moment ago; the system may be that quick
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
        return new LinkSent(address, link.expiresAt(), shown);
    }

    /** Two at once wait for each other. */
    private void refuseTooSoon(UUID personId) {
        sql.first("select id from person where id = ? for no key update", row -> row.uuid("id"), personId);
        sql.first(WAIT, row -> row.whole("seconds"), personId).ifPresent(seconds -> {
            throw new TooManyLinksException(TooManyLinksException.Limit.PERSON, Duration.ofSeconds(seconds));
        });
    }

    /** Whether a link goes out by mail: on a platform without a mail server those of operators do not. */
    boolean isMailed() {
        return !Tenancy.scope().equals(Scope.PLATFORM) || !settings.mailHost().isEmpty();
    }

    /**
     * Whether the one who acts may see an invitation's link: the system, which hands the first person of a new reseller to its operator, and operators
     * where it cannot be mailed. Everybody else has it mailed to its person: a link is a way into an account.
     */
    boolean mayBeShown() {
        return !isMailed() || Actors.require().isSystem();
    }

    /** Makes all links of the person unusable. */
    void forget(UUID personId) {
        sql.update("update one_time_link set used_at = now() where person_id = ? and used_at is null", personId);
    }

    /** Makes the link of an invitation unusable. */
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
