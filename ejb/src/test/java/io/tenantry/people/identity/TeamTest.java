package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.kernel.push.Signal;
import io.tenantry.people.identity.InvitationOutcome.Pending;
import io.tenantry.people.identity.InvitationOutcome.RoleNotYours;
import io.tenantry.people.identity.SignInOutcome.Authenticated;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** Who may add members to a team and remove them, and what ends with that. */
class TeamTest {
    private static final int ROUNDS = 6;

    private final IdentityFixture identityFixture = new IdentityFixture();

    @ParameterizedTest
    @CsvSource({
        "owner, false",
        "admin, false",
        "member, false",
        "vps_manager, false",
        "hosting_manager, true",
        "support_agent, true",
        "viewer, true"
    })
    void staffAssignOnlyRolesWithinImpersonationPermissions(String role, boolean isAllowed) {
        Database.rolledBack(Database.AURORA, () -> {
            var customer = identityFixture.customer("given1@example.org");
            var organization = customer.organizationId();
            var other = identityFixture.member(customer, "other1@example.org", "viewer");
            for (var staffRole : List.of("staff_support", "staff_owner")) {
                var staff = identityFixture.staffMember(staffRole + "1@aurora.example", staffRole);
                IdentityFixture.run(staff, () -> {
                    assertThat(identityFixture.members.roles(organization))
                            .extracting(Role::code)
                            .containsExactly("hosting_manager", "support_agent", "viewer");
                    var invited =
                            identityFixture.members.invite(organization, staffRole + "1@aurora.example", "Me", role);
                    var changed = identityFixture.members.changeRole(organization, IdentityFixture.id(other), role);
                    if (isAllowed) {
                        assertThat(invited).isInstanceOf(Pending.class);
                        assertThat(changed).isEqualTo(TeamChange.DONE);
                    } else {
                        assertThat(invited).isEqualTo(new RoleNotYours(role));
                        assertThat(changed).isEqualTo(TeamChange.ROLE_NOT_ALLOWED);
                    }
                });
            }
        });
    }

    @Test
    void endsACustomersSessionsWhenTheSystemAddsThemToStaff() {
        Database.in(Database.AURORA, () -> identityFixture.customer("joins21@example.org"));
        var session = signIn("joins21@example.org");
        assertThat(isLive(session)).isTrue();
        Database.in(
                Database.AURORA,
                () -> IdentityFixture.asSystem(
                        () -> identityFixture.staff.invite("joins21@example.org", "Joins", "staff_support")));
        assertThat(isLive(session)).isFalse();
        assertThat(isLive(signIn("joins21@example.org"))).isTrue();
    }

    @Test
    void staffKeysAssignNoRolesBeyondTheirScopes() {
        Database.rolledBack(Database.AURORA, () -> {
            var customer = identityFixture.customer("scopes1@team.example");
            var organization = customer.organizationId();
            var boss = identityFixture.staffMember("scopes1@aurora.example", "staff_owner");
            var key = new CurrentApiKey(
                    UUID.randomUUID(),
                    null,
                    Set.of(Permission.STAFF_CUSTOMERS_VIEW, Permission.STAFF_CUSTOMERS_MANAGE));
            CurrentApiKey.enter(key);
            try {
                IdentityFixture.run(boss, () -> {
                    assertThat(identityFixture.members.roles(organization)).isEmpty();
                    for (var role : List.of("viewer", "hosting_manager", "owner")) {
                        assertThat(identityFixture.members.invite(organization, "scopes2@team.example", "Me", role))
                                .isEqualTo(new RoleNotYours(role));
                    }
                    identityFixture.sql.update(
                            "delete from credential where person_id = ?", IdentityFixture.id(customer.owner()));
                    assertThat(identityFixture.members.invite(organization, "scopes2@team.example", "Me", "owner"))
                            .isEqualTo(new RoleNotYours("owner"));
                });
            } finally {
                CurrentApiKey.clear();
            }
        });
    }

    @Test
    void endsACustomersSessionsWhenAnOwnerAddsThemToStaff() {
        Database.rolledBack(Database.AURORA, () -> {
            identityFixture.customer("joins@team.example");
            var session = ((Authenticated) identityFixture.passwordAuthentication.signIn(
                            "joins@team.example", IdentityFixture.PASSWORD, "192.0.2.121", "Firefox"))
                    .sessionId();
            assertThat(identityFixture.sessions.find(session)).isPresent();
            var boss = identityFixture.staffMember("joins1@aurora.example", "staff_owner");
            IdentityFixture.run(
                    boss, () -> identityFixture.staff.invite("joins@team.example", "Joan", "staff_support"));
            assertThat(identityFixture.sessions.find(session)).isEmpty();
        });
    }

    @Test
    void staffInviteAnOwnerOnlyAfterTheOnlyOnesInvitationExpired() {
        Database.rolledBack(Database.AURORA, () -> {
            var support = identityFixture.staffMember("support2@aurora.example", "staff_support");
            IdentityFixture.run(support, () -> {
                var created = (Organizations.Outcome.Created) identityFixture.organizations.create(
                        new Organizations.Draft("Typo", "t2@example.org", "DE", "Tina", "tinna2@example.org"));
                var organization = created.organizationId();
                assertThat(identityFixture.members.invite(organization, "tina2@example.org", "Tina", "owner"))
                        .isEqualTo(new RoleNotYours("owner"));
                identityFixture.sql.update(
                        "update one_time_link set created_at = created_at - interval '4 days',"
                                + " expires_at = expires_at - interval '4 days' where person_id = ?",
                        created.personId());
                assertThat(identityFixture.members.roles(organization))
                        .extracting(Role::code)
                        .contains("owner");
                assertThat(identityFixture.members.invite(organization, "tina2@example.org", "Tina", "owner"))
                        .isInstanceOf(Pending.class);
                assertThat(identityFixture.members.roles(organization))
                        .extracting(Role::code)
                        .doesNotContain("owner");
            });
        });
    }

    @Test
    void keepsTheLastOwnerWhoCanSignIn() {
        Database.run(Database.AURORA, () -> {
            var customer = identityFixture.customer("last3@example.org");
            var organization = customer.organizationId();
            var owner = IdentityFixture.id(customer.owner());
            var support = identityFixture.staffMember("support3@aurora.example", "staff_support");
            IdentityFixture.asSystem(
                    () -> identityFixture.members.invite(organization, "open3@example.org", "Ona", "owner"));
            IdentityFixture.run(support, () -> {
                assertThat(identityFixture.personAccounts.disable(owner)).isEqualTo(TeamChange.LAST_OWNER);
                assertThat(identityFixture.members.remove(organization, owner)).isEqualTo(TeamChange.LAST_OWNER);
                assertThat(identityFixture.members.changeRole(organization, owner, "viewer"))
                        .isEqualTo(TeamChange.LAST_OWNER);
            });
            var second = identityFixture.member(customer, "second3@example.org", "owner");
            IdentityFixture.run(
                    support,
                    () -> assertThat(identityFixture.personAccounts.disable(owner))
                            .isEqualTo(TeamChange.DONE));
            IdentityFixture.run(
                    support,
                    () -> assertThat(identityFixture.personAccounts.disable(IdentityFixture.id(second)))
                            .isEqualTo(TeamChange.LAST_OWNER));
        });
    }

    @Test
    void disablingAMemberEndsTheirSessionsAndKeys() {
        var customer = Database.in(Database.AURORA, () -> identityFixture.customer("owner4@example.org"));
        var organization = customer.organizationId();
        var admin = Database.in(Database.AURORA, () -> identityFixture.member(customer, "admin4@example.org", "admin"));
        var session = signIn("admin4@example.org");
        var key = as(
                admin,
                () -> identityFixture
                        .apiKeys
                        .create("k", organization, Set.of(Permission.VPS_VIEW), null)
                        .text());
        var signalled = isSignalled(
                IdentityFixture.id(admin),
                () -> as(
                        customer.owner(),
                        () -> identityFixture.members.disable(organization, IdentityFixture.id(admin))));
        assertThat(signalled).isTrue();
        assertThat(isLive(session)).isFalse();
        assertThat(Database.in(Database.AURORA, () -> identityFixture.apiKeys.authenticate(key)))
                .isEmpty();
        assertThat(as(customer.owner(), () -> identityFixture.members.enable(organization, IdentityFixture.id(admin))))
                .isEqualTo(TeamChange.DONE);
        assertThat(isLive(session)).isFalse();
        assertThat(isLive(signIn("admin4@example.org"))).isTrue();
        assertThat(Database.in(Database.AURORA, () -> identityFixture.apiKeys.authenticate(key)))
                .isEmpty();
        assertThat(auditActions(organization)).contains("member.disabled", "member.enabled");
    }

    @Test
    void ownersCannotDisableThemselvesOrMembersOfOtherOrganizations() {
        Database.run(Database.AURORA, () -> {
            var customer = identityFixture.customer("owner5@example.org");
            var other = identityFixture.customer("elsewhere5@example.org");
            var organization = customer.organizationId();
            var both = IdentityFixture.id(other.owner());
            var boss = identityFixture.staffMember("boss5@aurora.example", "staff_owner");
            var abuser = identityFixture.member(customer, "abuser5@example.org", "viewer");
            IdentityFixture.asSystem(() -> {
                identityFixture.members.invite(organization, "elsewhere5@example.org", "Both", "admin");
                return identityFixture.members.invite(organization, "boss5@aurora.example", "Boss", "viewer");
            });
            IdentityFixture.run(boss, () -> identityFixture.personAccounts.disable(IdentityFixture.id(abuser)));
            IdentityFixture.run(customer.owner(), () -> {
                assertThat(identityFixture.members.disable(organization, IdentityFixture.id(customer.owner())))
                        .isEqualTo(TeamChange.OWN_ACCOUNT);
                assertThat(identityFixture.members.disable(organization, both))
                        .isEqualTo(TeamChange.OTHER_ORGANIZATION);
                assertThat(identityFixture.members.disable(organization, IdentityFixture.id(boss)))
                        .isEqualTo(TeamChange.OTHER_ORGANIZATION);
                assertThat(identityFixture.members.enable(organization, IdentityFixture.id(abuser)))
                        .isEqualTo(TeamChange.OTHER_ORGANIZATION);
                assertThatThrownBy(() -> identityFixture.members.disable(other.organizationId(), both))
                        .isInstanceOf(NotFoundException.class);
                assertThatThrownBy(() -> identityFixture.personAccounts.disable(both))
                        .isInstanceOf(AccessDeniedException.class);
                assertThat(identityFixture.members.remove(organization, both)).isEqualTo(TeamChange.DONE);
            });
        });
    }

    @Test
    void ownersCannotSignOutMembersOfOtherOrganizations() {
        var customer = Database.in(Database.AURORA, () -> identityFixture.customer("owner11@example.org"));
        var organization = customer.organizationId();
        var both = Database.in(Database.AURORA, () -> identityFixture.customer("elsewhere11@example.org"))
                .owner();
        var boss =
                Database.in(Database.AURORA, () -> identityFixture.staffMember("away11@aurora.example", "staff_owner"));
        Database.run(
                Database.AURORA,
                () -> IdentityFixture.asSystem(() ->
                        identityFixture.members.invite(organization, "elsewhere11@example.org", "Both", "viewer")));
        Database.run(
                Database.AURORA,
                () -> IdentityFixture.asSystem(
                        () -> identityFixture.members.invite(organization, "away11@aurora.example", "B", "viewer")));
        var open = List.of(signIn("elsewhere11@example.org"), signIn("away11@aurora.example"));
        for (var person : List.of(both, boss)) {
            assertThat(as(
                            customer.owner(),
                            () -> identityFixture.members.endSessions(organization, IdentityFixture.id(person))))
                    .isEqualTo(TeamChange.OTHER_ORGANIZATION);
        }
        assertThat(open).allMatch(this::isLive);
        assertThat(auditActions(organization)).doesNotContain("member.sessions_ended");
    }

    @Test
    void removalRevokesKeysAndEndsSessionsWithTheLastMembership() {
        var first = Database.in(Database.AURORA, () -> identityFixture.customer("first6@example.org"));
        var second = Database.in(Database.AURORA, () -> identityFixture.customer("second6@example.org"));
        var admin = Database.in(Database.AURORA, () -> identityFixture.member(first, "admin6@example.org", "admin"));
        var unused = Database.in(
                Database.AURORA,
                () -> IdentityFixture.asSystem(() ->
                        identityFixture.members.invite(second.organizationId(), "admin6@example.org", "A", "admin")));
        var session = signIn("admin6@example.org");
        var keys = new ArrayList<String>();
        for (var customer : List.of(first, second)) {
            keys.add(as(
                    admin,
                    () -> identityFixture
                            .apiKeys
                            .create("k", customer.organizationId(), Set.of(Permission.VPS_VIEW), null)
                            .text()));
        }
        assertThat(isSignalled(
                        IdentityFixture.id(admin),
                        () -> as(
                                first.owner(),
                                () -> identityFixture.members.remove(
                                        first.organizationId(), IdentityFixture.id(admin)))))
                .isTrue();
        assertThat(isLive(session)).isTrue();
        assertThat(Database.in(Database.AURORA, () -> identityFixture.apiKeys.authenticate(keys.get(0))))
                .isEmpty();
        assertThat(Database.in(Database.AURORA, () -> identityFixture.apiKeys.authenticate(keys.get(1))))
                .isPresent();
        as(second.owner(), () -> identityFixture.members.remove(second.organizationId(), IdentityFixture.id(admin)));
        assertThat(isLive(session)).isFalse();
        assertThat(auditActions(second.organizationId())).contains("member.removed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sessions", "keys", "role"})
    void signalsAndAuditsChangesToAMember(String what) {
        var customer = Database.in(Database.AURORA, () -> identityFixture.customer("owner7@" + what + ".example"));
        var organization = customer.organizationId();
        var admin = Database.in(
                Database.AURORA, () -> identityFixture.member(customer, "admin7@" + what + ".example", "admin"));
        var session = signIn("admin7@" + what + ".example");
        as(admin, () -> identityFixture.apiKeys.create("k", organization, Set.of(Permission.VPS_VIEW), null));
        assertThat(as(customer.owner(), () -> identityFixture.members.of(organization)))
                .filteredOn(one -> one.personId().equals(IdentityFixture.id(admin)))
                .extracting(TeamMember::keys)
                .containsExactly(1);
        var signalled = isSignalled(
                IdentityFixture.id(admin),
                () -> as(customer.owner(), () -> switch (what) {
                    case "sessions" -> identityFixture.members.endSessions(organization, IdentityFixture.id(admin));
                    case "keys" -> identityFixture.members.revokeKeys(organization, IdentityFixture.id(admin));
                    default -> identityFixture.members.changeRole(organization, IdentityFixture.id(admin), "viewer");
                }));
        assertThat(signalled).isEqualTo(!what.equals("keys"));
        assertThat(isLive(session)).isEqualTo(!what.equals("sessions"));
        var row = as(customer.owner(), () -> identityFixture.members.of(organization)).stream()
                .filter(one -> one.personId().equals(IdentityFixture.id(admin)))
                .findFirst()
                .orElseThrow();
        assertThat(row.keys()).isEqualTo(what.equals("keys") ? 0 : 1);
        assertThat(row.role()).isEqualTo(what.equals("role") ? "viewer" : "admin");
        assertThat(auditActions(organization))
                .contains(
                        switch (what) {
                            case "sessions" -> "member.sessions_ended";
                            case "keys" -> "member.keys_revoked";
                            default -> "member.role_changed";
                        });
    }

    @Test
    void onlyStaffManagersChangeStaffAndNobodyRemovesTheLast() {
        Database.rolledBack(Database.AURORA, () -> {
            identityFixture.sql.update("delete from staff_member");
            var boss = identityFixture.staffMember("boss8@aurora.example", "staff_owner");
            var support = identityFixture.staffMember("support8@aurora.example", "staff_support");
            IdentityFixture.run(support, () -> {
                for (Supplier<TeamChange> change : changes(IdentityFixture.id(boss))) {
                    assertThatThrownBy(change::get).isInstanceOf(AccessDeniedException.class);
                }
                assertThatThrownBy(() -> identityFixture.staff.all()).isInstanceOf(AccessDeniedException.class);
                assertThatThrownBy(() -> identityFixture.staff.roles()).isInstanceOf(AccessDeniedException.class);
            });
            IdentityFixture.run(boss, () -> {
                assertThat(identityFixture.staff.disable(IdentityFixture.id(boss)))
                        .isEqualTo(TeamChange.OWN_ACCOUNT);
                assertThat(identityFixture.staff.remove(IdentityFixture.id(boss)))
                        .isEqualTo(TeamChange.LAST_OWNER);
                assertThat(identityFixture.staff.changeRole(IdentityFixture.id(boss), "staff_support"))
                        .isEqualTo(TeamChange.LAST_OWNER);
                assertThat(identityFixture.staff.changeRole(IdentityFixture.id(support), "operator_owner"))
                        .isEqualTo(TeamChange.ROLE_NOT_ALLOWED);
                assertThatThrownBy(() -> identityFixture.staff.remove(UUID.randomUUID()))
                        .isInstanceOf(NotFoundException.class);
                for (Supplier<TeamChange> change : changes(IdentityFixture.id(support))) {
                    assertThat(change.get()).isEqualTo(TeamChange.DONE);
                }
                assertThat(identityFixture.staff.all())
                        .extracting(TeamMember::email)
                        .containsExactly("boss8@aurora.example");
            });
            assertThat(identityFixture.sql.query(
                            "select action from audit_record where subject_id = ? order by seq",
                            row -> row.text("action"),
                            IdentityFixture.id(support).toString()))
                    .containsSubsequence(
                            "staff.role_changed",
                            "staff.disabled",
                            "staff.enabled",
                            "staff.sessions_ended",
                            "staff.removed");
        });
    }

    @Test
    void removalFromStaffEndsSessionsAndKeys() {
        var boss =
                Database.in(Database.AURORA, () -> identityFixture.staffMember("boss9@aurora.example", "staff_owner"));
        var second = Database.in(
                Database.AURORA, () -> identityFixture.staffMember("second9@aurora.example", "staff_owner"));
        var session = signIn("second9@aurora.example");
        var key = as(
                second,
                () -> identityFixture
                        .apiKeys
                        .create("k", null, Set.of(Permission.STAFF_PLANS_VIEW), null)
                        .text());
        assertThat(isSignalled(
                        IdentityFixture.id(second),
                        () -> as(boss, () -> identityFixture.staff.remove(IdentityFixture.id(second)))))
                .isTrue();
        assertThat(isLive(session)).isFalse();
        assertThat(Database.in(Database.AURORA, () -> identityFixture.apiKeys.authenticate(key)))
                .isEmpty();
        Database.run(
                Database.AURORA,
                () -> IdentityFixture.run(
                        boss, () -> identityFixture.staff.invite("second9@aurora.example", "Back", "staff_owner")));
        assertThat(Database.in(Database.AURORA, () -> identityFixture.apiKeys.authenticate(key)))
                .isEmpty();
    }

    @Test
    void keepsTheLastOperatorManager() {
        Database.rolledBack(Scope.PLATFORM, () -> {
            identityFixture.sql.update("delete from staff_member");
            var boss = identityFixture.staffMember("boss10@platform.example", "operator_owner");
            var viewer = identityFixture.staffMember("viewer10@platform.example", "operator_viewer");
            IdentityFixture.run(
                    viewer,
                    () -> assertThatThrownBy(() -> identityFixture.staff.disable(IdentityFixture.id(boss)))
                            .isInstanceOf(AccessDeniedException.class));
            IdentityFixture.run(boss, () -> {
                assertThat(identityFixture.staff.remove(IdentityFixture.id(boss)))
                        .isEqualTo(TeamChange.LAST_OWNER);
                assertThat(identityFixture.staff.disable(IdentityFixture.id(viewer)))
                        .isEqualTo(TeamChange.DONE);
                assertThat(identityFixture.staff.roles())
                        .extracting(Role::code)
                        .contains("operator_owner", "operator_viewer");
            });
        });
    }

    @Test
    void keepsOneOfTwoOwnersWhoRemoveEachOtherConcurrently() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var name = round + "@race.example";
            var customer = Database.in(Database.AURORA, () -> identityFixture.customer("one" + name));
            var other = Database.in(Database.AURORA, () -> identityFixture.member(customer, "two" + name, "owner"));
            var organization = customer.organizationId();
            var ways = List.<Function<UUID, TeamChange>>of(
                    person -> identityFixture.members.remove(organization, person),
                    person -> identityFixture.members.disable(organization, person),
                    person -> identityFixture.members.changeRole(organization, person, "viewer"));
            var way = ways.get(round % ways.size());
            var both = race(
                    Database.AURORA,
                    customer.owner(),
                    () -> way.apply(IdentityFixture.id(other)),
                    other,
                    () -> way.apply(IdentityFixture.id(customer.owner())));
            assertThat(both).containsOnlyOnce(TeamChange.DONE.name());
        }
    }

    @Test
    void keepsOneOfTwoStaffManagersWhoRemoveEachOtherConcurrently() throws Exception {
        var tenant = Database.tenant(new TenantId("team-race"), "EUR", "UTC");
        for (int round = 0; round < ROUNDS; round++) {
            Database.asOwner("delete from " + tenant.schema() + ".staff_member");
            var name = round + "@team-race.example";
            var one = Database.in(tenant, () -> identityFixture.staffMember("one" + name, "staff_owner"));
            var two = Database.in(tenant, () -> identityFixture.staffMember("two" + name, "staff_owner"));
            var ways = List.<Function<UUID, TeamChange>>of(
                    person -> identityFixture.staff.remove(person),
                    person -> identityFixture.staff.disable(person),
                    person -> identityFixture.staff.changeRole(person, "staff_support"));
            var way = ways.get(round % ways.size());
            var both = race(
                    tenant,
                    one,
                    () -> way.apply(IdentityFixture.id(two)),
                    two,
                    () -> way.apply(IdentityFixture.id(one)));
            assertThat(both).containsOnlyOnce(TeamChange.DONE.name());
        }
    }

    @Test
    void reportsNoLiveSessionsWhileATenantIsClosed() {
        var tenant = Database.tenant(new TenantId("team-closed"), "EUR", "UTC");
        Database.run(tenant, () -> identityFixture.staffMember("sam@team-closed.example", "staff_owner"));
        var session = Database.in(
                tenant,
                () -> ((Authenticated) identityFixture.passwordAuthentication.signIn(
                                "sam@team-closed.example", IdentityFixture.PASSWORD, "192.0.2.78", "Firefox"))
                        .sessionId());
        assertThat(Database.in(tenant, () -> identityFixture.sessions.live(Set.of(session))))
                .containsOnlyKeys(session);
        for (var state : List.of("SUSPENDED", "MAINTENANCE", "MOVING")) {
            Database.asOwner("update platform.tenant set state = '" + state + "' where slug = 'team-closed'");
            identityFixture.directory.refresh();
            assertThat(Database.in(tenant, () -> identityFixture.sessions.live(Set.of(session))))
                    .isEmpty();
        }
        Database.asOwner("update platform.tenant set state = 'ACTIVE' where slug = 'team-closed'");
        identityFixture.directory.refresh();
        assertThat(Database.in(tenant, () -> identityFixture.sessions.live(Set.of(session))))
                .containsOnlyKeys(session);
    }

    private List<Supplier<TeamChange>> changes(UUID person) {
        return List.of(
                () -> identityFixture.staff.changeRole(person, "staff_billing"),
                () -> identityFixture.staff.disable(person),
                () -> identityFixture.staff.enable(person),
                () -> identityFixture.staff.endSessions(person),
                () -> identityFixture.staff.revokeKeys(person),
                () -> identityFixture.staff.remove(person));
    }

    /** Returns the results of two concurrent changes: an outcome, or the refusal of a member who was removed first. */
    private static List<String> race(
            TenantId tenant, Actor one, Supplier<TeamChange> first, Actor two, Supplier<TeamChange> second)
            throws Exception {
        Callable<String> left = () -> attempt(tenant, one, first);
        Callable<String> right = () -> attempt(tenant, two, second);
        return PasswordAuthenticationTest.atOnce(List.of(left, right));
    }

    private static String attempt(TenantId tenant, Actor actor, Supplier<TeamChange> change) {
        try {
            return Database.in(tenant, () -> IdentityFixture.as(actor, change)).name();
        } catch (AccessDeniedException | NotFoundException removedFirst) {
            return removedFirst.getClass().getSimpleName();
        }
    }

    private <T> T as(Actor actor, Supplier<T> work) {
        return Database.in(Database.AURORA, () -> IdentityFixture.as(actor, work));
    }

    /** Whether every node was notified to check the person's sessions. */
    private static boolean isSignalled(UUID person, Supplier<TeamChange> change) {
        try (var connection = Database.connect()) {
            connection.setAutoCommit(true);
            try (var statement = connection.createStatement()) {
                statement.execute("listen " + Signal.CHANNEL);
            }
            assertThat(change.get()).isEqualTo(TeamChange.DONE);
            var notified = connection.unwrap(PGConnection.class).getNotifications(500);
            return notified != null
                    && Arrays.stream(notified)
                            .anyMatch(one -> one.getParameter().equals("t_aurora SESSION " + person));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private List<String> auditActions(UUID organization) {
        return Database.texts(
                "select action from t_aurora.audit_record where subject_id = '" + organization + "' order by seq");
    }

    private UUID signIn(String email) {
        return Database.in(
                Database.AURORA,
                () -> ((Authenticated) identityFixture.passwordAuthentication.signIn(
                                email, IdentityFixture.PASSWORD, "192.0.2.79", "Firefox"))
                        .sessionId());
    }

    private boolean isLive(UUID session) {
        return Database.in(
                Database.AURORA, () -> identityFixture.sessions.find(session).isPresent());
    }
}
