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
    void noLook() {
        RequestPermissionCache.end();
    }

    @Test
    void whoActsForACustomerMayWhatAnOwnerMayButForWhatIsTheOwnersAlone() {
        var pair = pair("may1", "staff_support");
        var acting = begin(pair);
        assertThat(acting.kind()).isEqualTo(Actor.Kind.MEMBER);
        run(acting, () -> {
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
    void nothingIsLeftOfTheRightsOfStaffMeanwhile() {
        var pair = pair("rights2", "staff_owner");
        var acting = begin(pair);
        run(acting, () -> {
            assertThat(identityFixture.access.permissions()).isEmpty();
            assertThat(identityFixture.access.allows(Permission.STAFF_CUSTOMERS_VIEW))
                    .isFalse();
            assertThatThrownBy(() -> identityFixture.impersonations.begin(
                            pair.session(), pair.customer().organizationId(), REASON))
                    .isInstanceOf(AccessDeniedException.class);
        });
    }

    @Test
    void noOtherOrganizationIsWithinReach() {
        var pair = pair("other3", "staff_owner");
        var other = Database.in(Database.AURORA, () -> identityFixture.customer("other3-b@example.org"));
        var elsewhere = elsewhere();
        var acting = begin(pair);
        run(acting, () -> {
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
                () -> IdentityFixture.run(acting, () -> {
                    assertThat(identityFixture.access.places()).isEmpty();
                    assertThatThrownBy(() -> identityFixture.access.requireIn(
                                    pair.customer().organizationId(), Permission.VPS_VIEW))
                            .isInstanceOf(NotFoundException.class);
                    assertThat(identityFixture.sessions.find(pair.session(), id(acting)))
                            .isEmpty();
                }));
    }

    @Test
    void aForeignOrganizationOrSessionIsAnsweredAsNone() {
        var pair = pair("foreign4", "staff_owner");
        var elsewhere = elsewhere();
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
    void aSessionOfSomebodyElseDoesNotBecomeIt() {
        var pair = pair("session5", "staff_owner");
        var colleague = pair("session5-b", "staff_owner");
        var acting = begin(pair);
        Database.run(Database.AURORA, () -> {
            assertThat(identityFixture.sessions.find(pair.session(), id(acting)))
                    .isPresent();
            assertThat(identityFixture.sessions.find(colleague.session(), id(acting)))
                    .isEmpty();
            assertThat(identityFixture.sessions.find(pair.session(), UUID.randomUUID()))
                    .isEmpty();
            assertThat(identityFixture
                            .sessions
                            .find(pair.session())
                            .orElseThrow()
                            .impersonation())
                    .as("whoever does not ask for it is oneself")
                    .isNull();
        });
    }

    @Test
    void neitherMembersNorStaffWithoutTheRightBegin() {
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
    void nobodyBeginsWithoutAReason(String reason) {
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
    void isOverAtOnceByTimeByItsEndAndByEveryRevocation(String happening) {
        var pair = pair("over8-" + Integer.toHexString(happening.hashCode()), "staff_support");
        var acting = begin(pair);
        run(acting, () -> assertThat(identityFixture.access.places()).hasSize(1));
        assertThat(Database.asOwner(happening
                        .replace("${session}", pair.session().toString())
                        .replace("${person}", IdentityFixture.id(pair.staff()).toString())
                        .replace(
                                "${organization}",
                                pair.customer().organizationId().toString())))
                .isEqualTo(1);
        run(acting, () -> {
            assertThat(identityFixture.access.places()).isEmpty();
            assertThatThrownBy(() ->
                            identityFixture.access.requireIn(pair.customer().organizationId(), Permission.VPS_VIEW))
                    .isInstanceOf(NotFoundException.class);
            assertThat(identityFixture.sessions.find(pair.session(), id(acting)))
                    .isEmpty();
        });
    }

    @Test
    void lastsHalfAnHourAndNoLonger() {
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
    void aReasonIsKeptInOneLine() {
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
    void openPagesHearOfTheCustomerUntilItIsOver() {
        var pair = pair("live18", "staff_support");
        var session = Set.of(pair.session());
        Database.run(
                Database.AURORA,
                () -> assertThat(identityFixture.sessions.live(session)).isEqualTo(Map.of(pair.session(), Set.of())));
        var acting = begin(pair);
        run(acting, () -> {
            assertThat(identityFixture.sessions.live(session))
                    .isEqualTo(Map.of(pair.session(), Set.of(pair.customer().organizationId())));
            identityFixture.impersonations.end();
            assertThat(identityFixture.sessions.live(session)).isEqualTo(Map.of(pair.session(), Set.of()));
        });
    }

    @Test
    void toBeginAgainEndsTheOneBefore() {
        var pair = pair("again10", "staff_support");
        var first = begin(pair);
        var second = begin(pair);
        run(first, () -> assertThat(identityFixture.access.places()).isEmpty());
        run(second, () -> assertThat(identityFixture.access.places()).hasSize(1));
    }

    @Test
    void endingItIsOnRecordAndLeavesTheSessionToItsPerson() {
        var pair = pair("end11", "staff_support");
        var acting = begin(pair);
        run(acting, () -> {
            identityFixture.impersonations.end();
            identityFixture.impersonations.end();
        });
        Database.run(Database.AURORA, () -> {
            assertThat(identityFixture.sessions.find(pair.session(), id(acting)))
                    .isEmpty();
            assertThat(identityFixture.sessions.find(pair.session())).isPresent();
        });
        assertThat(records(pair, "impersonation.ended")).hasSize(1);
    }

    @Test
    void whatIsDoneMeanwhileIsOnRecordWithThePersonAndTheCustomer() {
        var pair = pair("record12", "staff_support");
        var acting = begin(pair);
        run(
                acting,
                () -> identityFixture.audit.record(
                        "service.renamed",
                        "organization",
                        pair.customer().organizationId().toString(),
                        Map.of()));
        assertThat(records(pair, "service.renamed"))
                .containsExactly("STAFF/" + IdentityFixture.id(pair.staff())
                        + "/Sam staff_support (support) for Customer of record12-customer@example.org"
                        + "/Sam staff_support/"
                        + pair.customer().organizationId() + "/" + id(acting));
        assertThat(records(pair, "impersonation.started"))
                .as("to begin is the person's own deed")
                .singleElement()
                .asString()
                .startsWith("STAFF/" + IdentityFixture.id(pair.staff()) + "/Sam staff_support/-/");
    }

    @Test
    void theCustomersOwnersAreToldWhenItBeginsAndNobodyElse() {
        var pair = pair("told13", "staff_support");
        var viewer = Database.in(
                Database.AURORA, () -> identityFixture.member(pair.customer(), "told13-viewer@example.org", "viewer"));
        var acting = begin(pair);
        run(
                pair.customer().owner(),
                () -> assertThat(notificationInbox.page(false, 0, 10))
                        .filteredOn(inboxEntry -> inboxEntry.kind() == Notification.Kind.IMPERSONATED)
                        .extracting(NotificationInbox.InboxEntry::subject, NotificationInbox.InboxEntry::detail)
                        .containsExactly(tuple("Sam staff_support", REASON)));
        run(viewer, () -> assertThat(notificationInbox.page(false, 0, 10)).isEmpty());
        run(acting, () -> {
            assertThat(notificationInbox.page(false, 0, 10)).isEmpty();
            assertThat(notificationInbox.unread()).isZero();
            notificationInbox.readAll();
        });
        run(
                pair.customer().owner(),
                () -> assertThat(notificationInbox.unread()).isPositive());
    }

    @Test
    void nobodysAccountIsChangedMeanwhileNorTheOwnOne() {
        var pair = pair("self14", "staff_owner");
        var acting = begin(pair);
        var organization = pair.customer().organizationId();
        var person = Database.in(
                Database.AURORA,
                () -> identityFixture.sessions.find(pair.session(), id(acting)).orElseThrow());
        refused(acting, () -> identityFixture.personAccounts.rename("Mallory"));
        refused(acting, () -> identityFixture.personAccounts.setLocale(Locale.GERMAN));
        refused(
                acting,
                () -> identityFixture.personAccounts.sendLink(
                        IdentityFixture.id(pair.customer().owner())));
        refused(
                acting,
                () -> identityFixture.personAccounts.disable(
                        IdentityFixture.id(pair.customer().owner())));
        refused(
                acting,
                () -> identityFixture.personAccounts.endSessions(
                        IdentityFixture.id(pair.customer().owner())));
        refused(acting, () -> identityFixture.sessions.mine());
        refused(acting, () -> identityFixture.sessions.endMine(pair.session()));
        refused(acting, () -> identityFixture.sessions.endOthers(pair.session()));
        refused(
                acting,
                () -> identityFixture.passwordChange.change(
                        person, IdentityFixture.PASSWORD, "another-fine-phrase", pair.session(), "192.0.2.78"));
        refused(acting, () -> identityFixture.apiKeys.create("mine", organization, Set.of(Permission.VPS_VIEW), null));
        refused(acting, () -> identityFixture.apiKeys.of(organization));
        refused(acting, () -> identityFixture.members.of(organization));
        refused(acting, () -> identityFixture.members.invite(organization, "mallory@example.org", "Mallory", "owner"));
    }

    @Test
    void signingOutWhileActingEndsBoth() {
        var pair = pair("out15", "staff_support");
        var acting = begin(pair);
        run(acting, () -> identityFixture.sessions.end(pair.session()));
        Database.run(Database.AURORA, () -> {
            assertThat(identityFixture.sessions.find(pair.session(), id(acting)))
                    .isEmpty();
            assertThat(identityFixture.sessions.find(pair.session())).isEmpty();
        });
        run(acting, () -> assertThat(identityFixture.access.places()).isEmpty());
    }

    @Test
    void aSessionThatIsForgottenTakesItAlong() {
        var pair = pair("gone16", "staff_support");
        begin(pair);
        Database.asOwner("update t_aurora.web_session set last_seen_at = now() - interval '91 days' where id = '"
                + pair.session() + "'");
        assertThatCode(() -> signIn(pair.email())).doesNotThrowAnyException();
        assertThat(Database.texts("select count(*)::text from t_aurora.impersonation where session_id = '"
                        + pair.session() + "'"))
                .containsExactly("0");
    }

    private static void refused(Actor acting, ThrowingCallable action) {
        run(acting, () -> assertThatThrownBy(action).isInstanceOf(AccessDeniedException.class));
    }

    private static void run(Actor actor, Runnable work) {
        Database.run(Database.AURORA, () -> IdentityFixture.run(actor, work));
    }

    private static UUID id(Actor acting) {
        var impersonation = acting.impersonation();
        if (impersonation == null) {
            throw new AssertionError("acts as themselves");
        }
        return impersonation.id();
    }

    /** Creates an organization of another reseller. */
    private static UUID elsewhere() {
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
