package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tenantry.people.identity.Impersonations.Outcome;
import io.tenantry.people.identity.SignInOutcome.Authenticated;
import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.NotificationInbox;
import io.tenantry.tenancy.Actor;
import io.tenantry.testing.Database;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImpersonationsTest {
    private static final String REASON = "ticket 42: the order fails";

    private final IdentityFixture identityFixture = new IdentityFixture();
    private final NotificationInbox notificationInbox = new NotificationInbox(identityFixture.sql);

    /** A signed-in staff member, and a customer. */
    private record Pair(Actor staff, String email, UUID session, IdentityFixture.Customer customer) {}

    @AfterEach
    void clearPermissionCache() {
        RequestPermissionCache.end();
    }

    @Test
    void grantsOwnerPermissionsExceptThoseOfOwnersAlone() {
        var pair = pair("may1", "staff_support");
        var impersonator = begin(pair);
        assertThat(impersonator.kind()).isEqualTo(Actor.Kind.MEMBER);
        run(impersonator, () -> {
            var owners = IdentityFixture.as(
                    pair.customer().owner(),
                    () -> identityFixture.access.allowedIn(pair.customer().organizationId()));
            var allowed = identityFixture.access.allowedIn(pair.customer().organizationId());
            assertThat(allowed).isSubsetOf(owners).contains(Permission.VPS_DELETE, Permission.SSH_KEYS_MANAGE);
            assertThat(owners)
                    .filteredOn(permission -> !allowed.contains(permission))
                    .containsExactlyInAnyOrderElementsOf(Permission.OF_OWNERS_ALONE);
            assertThat(Permission.OF_OWNERS_ALONE)
                    .isEqualTo(Set.of("billing_manage", "egress_manage", "members_manage", "vps_console"));
        });
    }

    @Test
    void withdrawsStaffPermissionsDuringImpersonation() {
        var pair = pair("rights2", "staff_owner");
        var impersonator = begin(pair);
        run(impersonator, () -> {
            assertThat(identityFixture.access.permissions()).isEmpty();
            assertThat(identityFixture.access.allows(Permission.STAFF_CUSTOMERS_VIEW))
                    .isFalse();
            assertThatThrownBy(() -> identityFixture.impersonations.begin(
                            pair.session(), pair.customer().organizationId(), REASON))
                    .isInstanceOf(AccessDeniedException.class);
        });
    }

    @Test
    void recordsTheEndOfAnImpersonationThatAnotherReplaces() {
        var pair = pair("replaced9", "staff_owner");
        for (var time = 0; time < 2; time++) {
            run(
                    pair.staff(),
                    () -> identityFixture.impersonations.begin(
                            pair.session(), pair.customer().organizationId(), REASON));
        }
        assertThat(Database.texts("select action || ' ' || count(*) from t_aurora.audit_record where subject_id = '"
                        + pair.customer().organizationId()
                        + "' and action like 'impersonation.%' group by action order by action"))
                .containsExactly("impersonation.ended 1", "impersonation.started 2");
    }

    /** Nothing more is recorded when the half hour is over. */
    @Test
    void auditsWhenItEndsAtTheLatest() {
        var pair = pair("until14", "staff_support");
        begin(pair);
        assertThat(Database.texts("select (r.facts ->> 'ends_at')::timestamptz = i.ends_at from t_aurora.audit_record r"
                        + " join t_aurora.impersonation i on i.id::text = r.facts ->> 'impersonation'"
                        + " where r.action = 'impersonation.started' and r.subject_id = '"
                        + pair.customer().organizationId() + "'"))
                .containsExactly("t");
    }

    @Test
    void grantsAccessToTheImpersonatedOrganizationOnly() {
        var pair = pair("other3", "staff_owner");
        var other = Database.in(Database.AURORA, () -> identityFixture.customer("other3-b@example.org"));
        var elsewhere = foreignOrganization();
        var impersonator = begin(pair);
        run(impersonator, () -> {
            assertThat(identityFixture.access.places())
                    .extracting(Access.Membership::organizationId)
                    .containsExactly(pair.customer().organizationId());
            for (var id : Set.of(other.organizationId(), elsewhere, UUID.randomUUID())) {
                assertThatThrownBy(() -> identityFixture.access.requireIn(id, Permission.VPS_VIEW))
                        .isInstanceOf(NotFoundException.class);
            }
            RequestPermissionCache.begin();
            assertThat(identityFixture.access.allowsIn(other.organizationId(), Permission.VPS_VIEW))
                    .isFalse();
        });
        Database.run(
                Database.BOREALIS,
                () -> IdentityFixture.run(impersonator, () -> {
                    assertThat(identityFixture.access.places()).isEmpty();
                    assertThatThrownBy(() -> identityFixture.access.requireIn(
                                    pair.customer().organizationId(), Permission.VPS_VIEW))
                            .isInstanceOf(NotFoundException.class);
                    assertThat(identityFixture.sessions.find(pair.session(), id(impersonator)))
                            .isEmpty();
                }));
    }

    @Test
    void reportsForeignOrganizationsAndSessionsAsNotFound() {
        var pair = pair("foreign4", "staff_owner");
        var elsewhere = foreignOrganization();
        var colleague = pair("foreign4-b", "staff_owner");
        for (var id : Set.of(elsewhere, UUID.randomUUID())) {
            assertThatThrownBy(() ->
                            run(pair.staff(), () -> identityFixture.impersonations.begin(pair.session(), id, REASON)))
                    .isInstanceOf(NotFoundException.class);
        }
        assertThatThrownBy(() -> run(
                        pair.staff(),
                        () -> identityFixture.impersonations.begin(
                                colleague.session(), pair.customer().organizationId(), REASON)))
                .isInstanceOf(NotFoundException.class);
        assertThat(Database.texts("select count(*)::text from t_aurora.impersonation where person_id in ('"
                        + IdentityFixture.id(pair.staff()) + "', '" + IdentityFixture.id(colleague.staff()) + "')"))
                .containsExactly("0");
    }

    @Test
    void appliesOnlyToTheSessionThatStartedIt() {
        var pair = pair("session5", "staff_owner");
        var colleague = pair("session5-b", "staff_owner");
        var impersonator = begin(pair);
        Database.run(Database.AURORA, () -> {
            assertThat(identityFixture.sessions.find(pair.session(), id(impersonator)))
                    .isPresent();
            assertThat(identityFixture.sessions.find(colleague.session(), id(impersonator)))
                    .isEmpty();
            assertThat(identityFixture.sessions.find(pair.session(), UUID.randomUUID()))
                    .isEmpty();
            assertThat(identityFixture
                            .sessions
                            .find(pair.session())
                            .orElseThrow()
                            .impersonation())
                    .as("without the impersonation ID the session is the staff member's own")
                    .isNull();
        });
    }

    @Test
    void requiresTheStaffPermissionToStart() {
        var billing = pair("right6", "staff_billing");
        assertThatThrownBy(() -> begin(billing)).isInstanceOf(AccessDeniedException.class);
        var owner = billing.customer().owner();
        var session = signIn("right6-customer@example.org");
        assertThatThrownBy(() -> run(
                        owner,
                        () -> identityFixture.impersonations.begin(
                                session, billing.customer().organizationId(), REASON)))
                .isInstanceOf(AccessDeniedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "     ", "why ", "  four  ", "\0\0why\0\0", "\uD83D\uDE00\uD83D\uDE00!"})
    void requiresAReason(String reason) {
        var pair = pair("reason7-" + reason.hashCode(), "staff_support");
        run(
                pair.staff(),
                () -> assertThat(identityFixture.impersonations.begin(
                                pair.session(), pair.customer().organizationId(), reason))
                        .isInstanceOf(Outcome.NoReason.class));
        assertThat(Database.texts("select count(*)::text from t_aurora.impersonation where session_id = '"
                        + pair.session() + "'"))
                .containsExactly("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update t_aurora.impersonation set started_at = started_at - interval '31 minutes',"
                        + " ends_at = ends_at - interval '31 minutes' where session_id = '${session}'",
                "update t_aurora.impersonation set ended_at = now() where session_id = '${session}'",
                "update t_aurora.web_session set ended_at = now() where id = '${session}'",
                "update t_aurora.person set sessions_valid_from = now() where id = '${person}'",
                "update t_aurora.person set state = 'DISABLED' where id = '${person}'",
                "update t_aurora.staff_member set role = 'staff_billing' where person_id = '${person}'",
                "delete from t_aurora.staff_member where person_id = '${person}'",
                "update t_aurora.organization set state = 'CLOSED' where id = '${organization}'",
            })
    void endsImmediatelyOnExpiryEndOrRevocation(String change) {
        var pair = pair("over8-" + Integer.toHexString(change.hashCode()), "staff_support");
        var impersonator = begin(pair);
        run(impersonator, () -> assertThat(identityFixture.access.places()).hasSize(1));
        assertThat(Database.asOwner(change.replace("${session}", pair.session().toString())
                        .replace("${person}", IdentityFixture.id(pair.staff()).toString())
                        .replace(
                                "${organization}",
                                pair.customer().organizationId().toString())))
                .isEqualTo(1);
        run(impersonator, () -> {
            assertThat(identityFixture.access.places()).isEmpty();
            assertThatThrownBy(() ->
                            identityFixture.access.requireIn(pair.customer().organizationId(), Permission.VPS_VIEW))
                    .isInstanceOf(NotFoundException.class);
            assertThat(identityFixture.sessions.find(pair.session(), id(impersonator)))
                    .isEmpty();
        });
    }

    @Test
    void lastsThirtyMinutesAtMost() {
        var pair = pair("time9", "staff_support");
        begin(pair);
        assertThat(Database.texts("select (ends_at - started_at)::text from t_aurora.impersonation where session_id = '"
                        + pair.session() + "'"))
                .containsExactly("00:30:00");
        assertThatThrownBy(() -> Database.asOwner(
                        "update t_aurora.impersonation set ends_at = ends_at + interval '1 second' where session_id = '"
                                + pair.session() + "'"))
                .hasMessageContaining("impersonation_life_ck");
    }

    @Test
    void storesTheReasonInOneLine() {
        var pair = pair("line17", "staff_support");
        run(
                pair.staff(),
                () -> assertThat(identityFixture.impersonations.begin(
                                pair.session(), pair.customer().organizationId(), "asked\non the\0phone"))
                        .isInstanceOf(Outcome.Started.class));
        assertThat(Database.texts(
                        "select reason from t_aurora.impersonation where session_id = '" + pair.session() + "'"))
                .containsExactly("asked on the phone");
    }

    @Test
    void openPagesReceiveTheCustomersSignalsUntilItEnds() {
        var pair = pair("live18", "staff_support");
        var session = Set.of(pair.session());
        Database.run(
                Database.AURORA,
                () -> assertThat(identityFixture.sessions.live(session)).isEqualTo(Map.of(pair.session(), Set.of())));
        var impersonator = begin(pair);
        run(impersonator, () -> {
            assertThat(identityFixture.sessions.live(session))
                    .isEqualTo(Map.of(pair.session(), Set.of(pair.customer().organizationId())));
            identityFixture.impersonations.end();
            assertThat(identityFixture.sessions.live(session)).isEqualTo(Map.of(pair.session(), Set.of()));
        });
    }

    @Test
    void startingAgainEndsThePreviousImpersonation() {
        var pair = pair("again10", "staff_support");
        var first = begin(pair);
        var second = begin(pair);
        run(first, () -> assertThat(identityFixture.access.places()).isEmpty());
        run(second, () -> assertThat(identityFixture.access.places()).hasSize(1));
    }

    @Test
    void endingIsAuditedOnceAndKeepsTheStaffSession() {
        var pair = pair("end11", "staff_support");
        var impersonator = begin(pair);
        run(impersonator, () -> {
            identityFixture.impersonations.end();
            identityFixture.impersonations.end();
        });
        Database.run(Database.AURORA, () -> {
            assertThat(identityFixture.sessions.find(pair.session(), id(impersonator)))
                    .isEmpty();
            assertThat(identityFixture.sessions.find(pair.session())).isPresent();
        });
        assertThat(records(pair, "impersonation.ended")).hasSize(1);
    }

    @Test
    void auditsActionsWithTheStaffMemberAndTheCustomer() {
        var pair = pair("record12", "staff_support");
        var impersonator = begin(pair);
        run(
                impersonator,
                () -> identityFixture.audit.record(
                        "service.renamed",
                        "organization",
                        pair.customer().organizationId().toString(),
                        Map.of()));
        assertThat(records(pair, "service.renamed"))
                .containsExactly("STAFF/" + IdentityFixture.id(pair.staff())
                        + "/Sam staff_support (support) for Customer of record12-customer@example.org"
                        + "/Sam staff_support/"
                        + pair.customer().organizationId() + "/" + id(impersonator));
        assertThat(records(pair, "impersonation.started"))
                .as("the start is an action of the staff member")
                .singleElement()
                .asString()
                .startsWith("STAFF/" + IdentityFixture.id(pair.staff()) + "/Sam staff_support/-/");
    }

    @Test
    void notifiesOnlyTheCustomersOwnersOfTheStart() {
        var pair = pair("told13", "staff_support");
        var viewer = Database.in(
                Database.AURORA, () -> identityFixture.member(pair.customer(), "told13-viewer@example.org", "viewer"));
        var impersonator = begin(pair);
        run(
                pair.customer().owner(),
                () -> assertThat(notificationInbox.page(false, 0, 10))
                        .filteredOn(inboxEntry -> inboxEntry.kind() == Notification.Kind.IMPERSONATED)
                        .extracting(NotificationInbox.InboxEntry::subject, NotificationInbox.InboxEntry::detail)
                        .containsExactly(tuple("Sam staff_support", REASON)));
        run(viewer, () -> assertThat(notificationInbox.page(false, 0, 10)).isEmpty());
        run(impersonator, () -> {
            assertThat(notificationInbox.page(false, 0, 10)).isEmpty();
            assertThat(notificationInbox.unread()).isZero();
            notificationInbox.readAll();
        });
        run(
                pair.customer().owner(),
                () -> assertThat(notificationInbox.unread()).isPositive());
    }

    @Test
    void forbidsAccountChangesDuringImpersonation() {
        var pair = pair("self14", "staff_owner");
        var impersonator = begin(pair);
        var organization = pair.customer().organizationId();
        var person = Database.in(
                Database.AURORA,
                () -> identityFixture
                        .sessions
                        .find(pair.session(), id(impersonator))
                        .orElseThrow());
        assertRefused(impersonator, () -> identityFixture.personAccounts.rename("Mallory"));
        assertRefused(impersonator, () -> identityFixture.personAccounts.setLocale(Locale.GERMAN));
        assertRefused(
                impersonator,
                () -> identityFixture.personAccounts.sendLink(
                        IdentityFixture.id(pair.customer().owner())));
        assertRefused(
                impersonator,
                () -> identityFixture.personAccounts.disable(
                        IdentityFixture.id(pair.customer().owner())));
        assertRefused(
                impersonator,
                () -> identityFixture.personAccounts.endSessions(
                        IdentityFixture.id(pair.customer().owner())));
        assertRefused(impersonator, () -> identityFixture.sessions.mine());
        assertRefused(impersonator, () -> identityFixture.sessions.endMine(pair.session()));
        assertRefused(impersonator, () -> identityFixture.sessions.endOthers(pair.session()));
        assertRefused(
                impersonator,
                () -> identityFixture.passwordChange.change(
                        person, IdentityFixture.PASSWORD, "another-fine-phrase", pair.session(), "192.0.2.78"));
        assertRefused(
                impersonator,
                () -> identityFixture.apiKeys.create("mine", organization, Set.of(Permission.VPS_VIEW), null));
        assertRefused(impersonator, () -> identityFixture.apiKeys.of(organization));
        assertRefused(impersonator, () -> identityFixture.members.of(organization));
        assertRefused(
                impersonator,
                () -> identityFixture.members.invite(organization, "mallory@example.org", "Mallory", "owner"));
    }

    @Test
    void signingOutEndsImpersonationAndSession() {
        var pair = pair("out15", "staff_support");
        var impersonator = begin(pair);
        run(impersonator, () -> identityFixture.sessions.end(pair.session()));
        Database.run(Database.AURORA, () -> {
            assertThat(identityFixture.sessions.find(pair.session(), id(impersonator)))
                    .isEmpty();
            assertThat(identityFixture.sessions.find(pair.session())).isEmpty();
        });
        run(impersonator, () -> assertThat(identityFixture.access.places()).isEmpty());
    }

    @Test
    void deletingAnOldSessionDeletesItsImpersonation() {
        var pair = pair("gone16", "staff_support");
        begin(pair);
        Database.asOwner("update t_aurora.web_session set last_seen_at = now() - interval '91 days' where id = '"
                + pair.session() + "'");
        assertThatCode(() -> signIn(pair.email())).doesNotThrowAnyException();
        assertThat(Database.texts("select count(*)::text from t_aurora.impersonation where session_id = '"
                        + pair.session() + "'"))
                .containsExactly("0");
    }

    private static void assertRefused(Actor impersonator, ThrowingCallable action) {
        run(impersonator, () -> assertThatThrownBy(action).isInstanceOf(AccessDeniedException.class));
    }

    private static void run(Actor actor, Runnable work) {
        Database.run(Database.AURORA, () -> IdentityFixture.run(actor, work));
    }

    private static UUID id(Actor impersonator) {
        var impersonation = impersonator.impersonation();
        if (impersonation == null) {
            throw new AssertionError("acts as themselves");
        }
        return impersonation.id();
    }

    /** Creates an organization of another reseller. */
    private static UUID foreignOrganization() {
        var id = UUID.randomUUID();
        Database.asOwner("insert into t_borealis.organization (id, name, billing_email, country, created_at) values ('"
                + id + "', 'Elsewhere', 'elsewhere@example.org', 'DE', now())");
        return id;
    }

    private Pair pair(String name, String role) {
        var email = name + "-staff@example.org";
        var staff = Database.in(Database.AURORA, () -> identityFixture.staffMember(email, role));
        var customer = Database.in(Database.AURORA, () -> identityFixture.customer(name + "-customer@example.org"));
        return new Pair(staff, email, signIn(email), customer);
    }

    private UUID signIn(String email) {
        return Database.in(
                Database.AURORA,
                () -> ((Authenticated) identityFixture.passwordAuthentication.signIn(
                                email, IdentityFixture.PASSWORD, "192.0.2.78", "Firefox"))
                        .sessionId());
    }

    private Actor begin(Pair pair) {
        return Database.in(Database.AURORA, () -> {
            var outcome = IdentityFixture.as(
                    pair.staff(),
                    () -> identityFixture.impersonations.begin(
                            pair.session(), pair.customer().organizationId(), REASON));
            return identityFixture
                    .sessions
                    .find(pair.session(), ((Outcome.Started) outcome).id())
                    .orElseThrow()
                    .actor();
        });
    }

    private static List<String> records(Pair pair, String action) {
        return Database.texts("select concat_ws('/', actor_kind, actor_id, actor_name, coalesce(real_actor, '-'),"
                + " facts ->> 'for_organization', facts ->> 'impersonation')"
                + " from t_aurora.audit_record where action = '" + action + "' and subject_id = '"
                + pair.customer().organizationId() + "' order by seq");
    }
}
