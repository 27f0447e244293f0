package io.tenantry.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.identity.InvitationOutcome.Pending;
import io.tenantry.identity.InvitationOutcome.RoleNotYours;
import io.tenantry.identity.SignInOutcome.Welcome;
import io.tenantry.live.Signal;
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

/** Who may put whom into a team and out of it, and what ends when they do. */
class TeamTest {
    private static final int ROUNDS = 6;

    private final World world = new World();

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
    void staffGiveACustomersMembersNoMoreThanTheyMayDoWhileActingForTheCustomer(String role, boolean isGiven) {
        Database.undone(Database.AURORA, () -> {
            var customer = world.customer("given1@example.org");
            var organization = customer.organizationId();
            var other = world.member(customer, "other1@example.org", "viewer");
            for (var staffRole : List.of("staff_support", "staff_owner")) {
                var staff = world.staffMember(staffRole + "1@aurora.example", staffRole);
                World.run(staff, () -> {
                    assertThat(world.members.roles(organization))
                            .extracting(Role::code)
                            .containsExactly("hosting_manager", "support_agent", "viewer");
                    var invited = world.members.invite(organization, staffRole + "1@aurora.example", "Me", role);
                    var changed = world.members.changeRole(organization, World.id(other), role);
                    if (isGiven) {
                        assertThat(invited).isInstanceOf(Pending.class);
                        assertThat(changed).isEqualTo(TeamChange.DONE);
                    } else {
                        assertThat(invited).isEqualTo(new RoleNotYours(role));
                        assertThat(changed).isEqualTo(TeamChange.ROLE_NOT_YOURS);
                    }
                });
            }
        });
    }

    @Test
    void aKeyOfStaffGivesNoMoreThanItsScopes() {
        Database.undone(Database.AURORA, () -> {
            var customer = world.customer("scopes1@team.example");
            var organization = customer.organizationId();
            var boss = world.staffMember("scopes1@aurora.example", "staff_owner");
            var key = new KeyInUse(
                    UUID.randomUUID(),
                    null,
                    Set.of(Permission.STAFF_CUSTOMERS_VIEW, Permission.STAFF_CUSTOMERS_MANAGE));
            KeyInUse.enter(key);
            try {
                World.run(boss, () -> {
                    assertThat(world.members.roles(organization)).isEmpty();
                    for (var role : List.of("viewer", "hosting_manager", "owner")) {
                        assertThat(world.members.invite(organization, "scopes2@team.example", "Me", role))
                                .isEqualTo(new RoleNotYours(role));
                    }
                    world.sql.update("delete from credential where person_id = ?", World.id(customer.owner()));
                    assertThat(world.members.invite(organization, "scopes2@team.example", "Me", "owner"))
                            .isEqualTo(new RoleNotYours("owner"));
                });
            } finally {
                KeyInUse.clear();
            }
        });
    }

    @Test
    void staffMakeAnOwnerOnlyWhereTheInvitationOfTheOnlyOneHasRunOut() {
        Database.undone(Database.AURORA, () -> {
            var support = world.staffMember("support2@aurora.example", "staff_support");
            World.run(support, () -> {
                var created = (Organizations.Outcome.Created) world.organizations.create(
                        new Organizations.Draft("Typo", "t2@example.org", "DE", "Tina", "tinna2@example.org"));
                var organization = created.organizationId();
                assertThat(world.members.invite(organization, "tina2@example.org", "Tina", "owner"))
                        .isEqualTo(new RoleNotYours("owner"));
                world.sql.update(
                        "update one_time_link set created_at = created_at - interval '4 days',"
                                + " expires_at = expires_at - interval '4 days' where person_id = ?",
                        created.personId());
                assertThat(world.members.roles(organization))
                        .extracting(Role::code)
                        .contains("owner");
                assertThat(world.members.invite(organization, "tina2@example.org", "Tina", "owner"))
                        .isInstanceOf(Pending.class);
                assertThat(world.members.roles(organization))
                        .extracting(Role::code)
                        .doesNotContain("owner");
            });
        });
    }

    @Test
    void nobodyLeavesAnOrganizationWithoutAnOwnerWhoCanSignIn() {
        Database.run(Database.AURORA, () -> {
            var customer = world.customer("last3@example.org");
            var organization = customer.organizationId();
            var owner = World.id(customer.owner());
            var support = world.staffMember("support3@aurora.example", "staff_support");
            World.asSystem(() -> world.members.invite(organization, "open3@example.org", "Ona", "owner"));
            World.run(support, () -> {
                assertThat(world.people.disable(owner)).isEqualTo(TeamChange.LAST_OWNER);
                assertThat(world.members.remove(organization, owner)).isEqualTo(TeamChange.LAST_OWNER);
                assertThat(world.members.changeRole(organization, owner, "viewer"))
                        .isEqualTo(TeamChange.LAST_OWNER);
            });
            var second = world.member(customer, "second3@example.org", "owner");
            World.run(support, () -> assertThat(world.people.disable(owner)).isEqualTo(TeamChange.DONE));
            World.run(
                    support,
                    () -> assertThat(world.people.disable(World.id(second))).isEqualTo(TeamChange.LAST_OWNER));
        });
    }

    @Test
    void anOwnerDisablesAMemberAndWhatWasOpenIsOver() {
        var customer = Database.in(Database.AURORA, () -> world.customer("owner4@example.org"));
        var organization = customer.organizationId();
        var admin = Database.in(Database.AURORA, () -> world.member(customer, "admin4@example.org", "admin"));
        var session = signIn("admin4@example.org");
        var key = as(
                admin,
                () -> world.apiKeys
                        .create("k", organization, Set.of(Permission.VPS_VIEW), null)
                        .text());
        var heard = heardOf(
                World.id(admin),
                () -> as(customer.owner(), () -> world.members.disable(organization, World.id(admin))));
        assertThat(heard).isTrue();
        assertThat(isLive(session)).isFalse();
        assertThat(Database.in(Database.AURORA, () -> world.apiKeys.authenticate(key)))
                .isEmpty();
        assertThat(as(customer.owner(), () -> world.members.enable(organization, World.id(admin))))
                .isEqualTo(TeamChange.DONE);
        assertThat(isLive(session)).isFalse();
        assertThat(isLive(signIn("admin4@example.org"))).isTrue();
        assertThat(Database.in(Database.AURORA, () -> world.apiKeys.authenticate(key)))
                .isEmpty();
        assertThat(audited(organization)).contains("member.disabled", "member.enabled");
    }

    @Test
    void anOwnerDisablesNeitherThemselvesNorWhoBelongsElsewhereNorEnablesWhomStaffDisabled() {
        Database.run(Database.AURORA, () -> {
            var customer = world.customer("owner5@example.org");
            var other = world.customer("elsewhere5@example.org");
            var organization = customer.organizationId();
            var both = World.id(other.owner());
            var boss = world.staffMember("boss5@aurora.example", "staff_owner");
            var abuser = world.member(customer, "abuser5@example.org", "viewer");
            World.asSystem(() -> {
                world.members.invite(organization, "elsewhere5@example.org", "Both", "admin");
                return world.members.invite(organization, "boss5@aurora.example", "Boss", "viewer");
            });
            World.run(boss, () -> world.people.disable(World.id(abuser)));
            World.run(customer.owner(), () -> {
                assertThat(world.members.disable(organization, World.id(customer.owner())))
                        .isEqualTo(TeamChange.ONESELF);
                assertThat(world.members.disable(organization, both)).isEqualTo(TeamChange.BELONGS_ELSEWHERE);
                assertThat(world.members.disable(organization, World.id(boss))).isEqualTo(TeamChange.BELONGS_ELSEWHERE);
                assertThat(world.members.enable(organization, World.id(abuser)))
                        .isEqualTo(TeamChange.BELONGS_ELSEWHERE);
                assertThatThrownBy(() -> world.members.disable(other.organizationId(), both))
                        .isInstanceOf(NotVisible.class);
                assertThatThrownBy(() -> world.people.disable(both)).isInstanceOf(AccessDenied.class);
                assertThat(world.members.remove(organization, both)).isEqualTo(TeamChange.DONE);
            });
        });
    }

    @Test
    void anOwnerSignsOutNobodyWhoBelongsElsewhere() {
        var customer = Database.in(Database.AURORA, () -> world.customer("owner11@example.org"));
        var organization = customer.organizationId();
        var both = Database.in(Database.AURORA, () -> world.customer("elsewhere11@example.org"))
                .owner();
        var boss = Database.in(Database.AURORA, () -> world.staffMember("away11@aurora.example", "staff_owner"));
        Database.run(
                Database.AURORA,
                () -> World.asSystem(
                        () -> world.members.invite(organization, "elsewhere11@example.org", "Both", "viewer")));
        Database.run(
                Database.AURORA,
                () -> World.asSystem(() -> world.members.invite(organization, "away11@aurora.example", "B", "viewer")));
        var open = List.of(signIn("elsewhere11@example.org"), signIn("away11@aurora.example"));
        for (var person : List.of(both, boss)) {
            assertThat(as(customer.owner(), () -> world.members.endSessions(organization, World.id(person))))
                    .isEqualTo(TeamChange.BELONGS_ELSEWHERE);
        }
        assertThat(open).allMatch(this::isLive);
        assertThat(audited(organization)).doesNotContain("member.sessions_ended");
    }

    @Test
    void whoIsRemovedLosesKeysThereAndIsSignedOutUnlessTheyBelongElsewhere() {
        var first = Database.in(Database.AURORA, () -> world.customer("first6@example.org"));
        var second = Database.in(Database.AURORA, () -> world.customer("second6@example.org"));
        var admin = Database.in(Database.AURORA, () -> world.member(first, "admin6@example.org", "admin"));
        var unused = Database.in(
                Database.AURORA,
                () -> World.asSystem(
                        () -> world.members.invite(second.organizationId(), "admin6@example.org", "A", "admin")));
        var session = signIn("admin6@example.org");
        var keys = new ArrayList<String>();
        for (var customer : List.of(first, second)) {
            keys.add(as(
                    admin,
                    () -> world.apiKeys
                            .create("k", customer.organizationId(), Set.of(Permission.VPS_VIEW), null)
                            .text()));
        }
        assertThat(heardOf(
                        World.id(admin),
                        () -> as(first.owner(), () -> world.members.remove(first.organizationId(), World.id(admin)))))
                .isTrue();
        assertThat(isLive(session)).isTrue();
        assertThat(Database.in(Database.AURORA, () -> world.apiKeys.authenticate(keys.get(0))))
                .isEmpty();
        assertThat(Database.in(Database.AURORA, () -> world.apiKeys.authenticate(keys.get(1))))
                .isPresent();
        as(second.owner(), () -> world.members.remove(second.organizationId(), World.id(admin)));
        assertThat(isLive(session)).isFalse();
        assertThat(audited(second.organizationId())).contains("member.removed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sessions", "keys", "role"})
    void whatAnOwnerDoesToAMemberIsHeardAndRecorded(String what) {
        var customer = Database.in(Database.AURORA, () -> world.customer("owner7@" + what + ".example"));
        var organization = customer.organizationId();
        var admin = Database.in(Database.AURORA, () -> world.member(customer, "admin7@" + what + ".example", "admin"));
        var session = signIn("admin7@" + what + ".example");
        as(admin, () -> world.apiKeys.create("k", organization, Set.of(Permission.VPS_VIEW), null));
        assertThat(as(customer.owner(), () -> world.members.of(organization)))
                .filteredOn(one -> one.personId().equals(World.id(admin)))
                .extracting(TeamMember::keys)
                .containsExactly(1);
        var heard = heardOf(
                World.id(admin),
                () -> as(customer.owner(), () -> switch (what) {
                    case "sessions" -> world.members.endSessions(organization, World.id(admin));
                    case "keys" -> world.members.revokeKeys(organization, World.id(admin));
                    default -> world.members.changeRole(organization, World.id(admin), "viewer");
                }));
        assertThat(heard).isEqualTo(!what.equals("keys"));
        assertThat(isLive(session)).isEqualTo(!what.equals("sessions"));
        var row = as(customer.owner(), () -> world.members.of(organization)).stream()
                .filter(one -> one.personId().equals(World.id(admin)))
                .findFirst()
                .orElseThrow();
        assertThat(row.keys()).isEqualTo(what.equals("keys") ? 0 : 1);
        assertThat(row.role()).isEqualTo(what.equals("role") ? "viewer" : "admin");
        assertThat(audited(organization))
                .contains(
                        switch (what) {
                            case "sessions" -> "member.sessions_ended";
                            case "keys" -> "member.keys_revoked";
                            default -> "member.role_changed";
                        });
    }

    @Test
    void onlyThoseWhoManageStaffChangeItAndNobodyTheLastWhoDoes() {
        Database.undone(Database.AURORA, () -> {
            world.sql.update("delete from staff_member");
            var boss = world.staffMember("boss8@aurora.example", "staff_owner");
            var support = world.staffMember("support8@aurora.example", "staff_support");
            World.run(support, () -> {
                for (Supplier<TeamChange> change : changes(World.id(boss))) {
                    assertThatThrownBy(change::get).isInstanceOf(AccessDenied.class);
                }
                assertThatThrownBy(() -> world.staff.all()).isInstanceOf(AccessDenied.class);
                assertThatThrownBy(() -> world.staff.roles()).isInstanceOf(AccessDenied.class);
            });
            World.run(boss, () -> {
                assertThat(world.staff.disable(World.id(boss))).isEqualTo(TeamChange.ONESELF);
                assertThat(world.staff.remove(World.id(boss))).isEqualTo(TeamChange.LAST_OWNER);
                assertThat(world.staff.changeRole(World.id(boss), "staff_support"))
                        .isEqualTo(TeamChange.LAST_OWNER);
                assertThat(world.staff.changeRole(World.id(support), "operator_owner"))
                        .isEqualTo(TeamChange.ROLE_NOT_YOURS);
                assertThatThrownBy(() -> world.staff.remove(UUID.randomUUID())).isInstanceOf(NotVisible.class);
                for (Supplier<TeamChange> change : changes(World.id(support))) {
                    assertThat(change.get()).isEqualTo(TeamChange.DONE);
                }
                assertThat(world.staff.all()).extracting(TeamMember::email).containsExactly("boss8@aurora.example");
            });
            assertThat(world.sql.query(
                            "select action from audit_record where subject_id = ? order by seq",
                            row -> row.text("action"),
                            World.id(support).toString()))
                    .containsSubsequence(
                            "staff.role_changed",
                            "staff.disabled",
                            "staff.enabled",
                            "staff.sessions_ended",
                            "staff.removed");
        });
    }

    @Test
    void whoIsOfTheStaffNoLongerIsSignedOutWithKeysAndAll() {
        var boss = Database.in(Database.AURORA, () -> world.staffMember("boss9@aurora.example", "staff_owner"));
        var second = Database.in(Database.AURORA, () -> world.staffMember("second9@aurora.example", "staff_owner"));
        var session = signIn("second9@aurora.example");
        var key = as(
                second,
                () -> world.apiKeys
                        .create("k", null, Set.of(Permission.STAFF_PLANS_VIEW), null)
                        .text());
        assertThat(heardOf(World.id(second), () -> as(boss, () -> world.staff.remove(World.id(second)))))
                .isTrue();
        assertThat(isLive(session)).isFalse();
        assertThat(Database.in(Database.AURORA, () -> world.apiKeys.authenticate(key)))
                .isEmpty();
        Database.run(
                Database.AURORA,
                () -> World.run(boss, () -> world.staff.invite("second9@aurora.example", "Back", "staff_owner")));
        assertThat(Database.in(Database.AURORA, () -> world.apiKeys.authenticate(key)))
                .isEmpty();
    }

    @Test
    void thePlatformKeepsSomebodyWhoManagesItsOperators() {
        Database.undone(Scope.PLATFORM, () -> {
            world.sql.update("delete from staff_member");
            var boss = world.staffMember("boss10@platform.example", "operator_owner");
            var viewer = world.staffMember("viewer10@platform.example", "operator_viewer");
            World.run(
                    viewer,
                    () -> assertThatThrownBy(() -> world.staff.disable(World.id(boss)))
                            .isInstanceOf(AccessDenied.class));
            World.run(boss, () -> {
                assertThat(world.staff.remove(World.id(boss))).isEqualTo(TeamChange.LAST_OWNER);
                assertThat(world.staff.disable(World.id(viewer))).isEqualTo(TeamChange.DONE);
                assertThat(world.staff.roles()).extracting(Role::code).contains("operator_owner", "operator_viewer");
            });
        });
    }

    @Test
    void ofTwoOwnersWhoPutEachOtherOutAtOnceOneStays() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var name = round + "@race.example";
            var customer = Database.in(Database.AURORA, () -> world.customer("one" + name));
            var other = Database.in(Database.AURORA, () -> world.member(customer, "two" + name, "owner"));
            var organization = customer.organizationId();
            var ways = List.<Function<UUID, TeamChange>>of(
                    person -> world.members.remove(organization, person),
                    person -> world.members.disable(organization, person),
                    person -> world.members.changeRole(organization, person, "viewer"));
            var way = ways.get(round % ways.size());
            var both = race(
                    Database.AURORA,
                    customer.owner(),
                    () -> way.apply(World.id(other)),
                    other,
                    () -> way.apply(World.id(customer.owner())));
            assertThat(both).containsOnlyOnce(TeamChange.DONE.name());
        }
    }

    @Test
    void ofTwoManagersOfTheStaffWhoPutEachOtherOutAtOnceOneStays() throws Exception {
        var tenant = Database.tenant(new TenantId("team-race"), "EUR", "UTC");
        for (int round = 0; round < ROUNDS; round++) {
            Database.asOwner("delete from " + tenant.schema() + ".staff_member");
            var name = round + "@team-race.example";
            var one = Database.in(tenant, () -> world.staffMember("one" + name, "staff_owner"));
            var two = Database.in(tenant, () -> world.staffMember("two" + name, "staff_owner"));
            var ways = List.<Function<UUID, TeamChange>>of(
                    person -> world.staff.remove(person),
                    person -> world.staff.disable(person),
                    person -> world.staff.changeRole(person, "staff_support"));
            var way = ways.get(round % ways.size());
            var both = race(tenant, one, () -> way.apply(World.id(two)), two, () -> way.apply(World.id(one)));
            assertThat(both).containsOnlyOnce(TeamChange.DONE.name());
        }
    }

    @Test
    void whileAResellersPortalIsClosedNoSessionOfItsPeopleIsLive() {
        var tenant = Database.tenant(new TenantId("team-closed"), "EUR", "UTC");
        Database.run(tenant, () -> world.staffMember("sam@team-closed.example", "staff_owner"));
        var session = Database.in(
                tenant,
                () -> ((Welcome) world.credentials.signIn(
                                "sam@team-closed.example", World.PASSWORD, "192.0.2.78", "Firefox"))
                        .sessionId());
        assertThat(Database.in(tenant, () -> world.sessions.live(Set.of(session))))
                .containsOnlyKeys(session);
        for (var state : List.of("SUSPENDED", "MAINTENANCE", "MOVING")) {
            Database.asOwner("update platform.tenant set state = '" + state + "' where slug = 'team-closed'");
            world.directory.refresh();
            assertThat(Database.in(tenant, () -> world.sessions.live(Set.of(session))))
                    .isEmpty();
        }
        Database.asOwner("update platform.tenant set state = 'ACTIVE' where slug = 'team-closed'");
        world.directory.refresh();
        assertThat(Database.in(tenant, () -> world.sessions.live(Set.of(session))))
                .containsOnlyKeys(session);
    }

    private List<Supplier<TeamChange>> changes(UUID person) {
        return List.of(
                () -> world.staff.changeRole(person, "staff_billing"),
                () -> world.staff.disable(person),
                () -> world.staff.enable(person),
                () -> world.staff.endSessions(person),
                () -> world.staff.revokeKeys(person),
                () -> world.staff.remove(person));
    }

    /** What became of two changes at the same time: an outcome, or the refusal of somebody who was put out first. */
    private static List<String> race(
            TenantId tenant, Actor one, Supplier<TeamChange> first, Actor two, Supplier<TeamChange> second)
            throws Exception {
        Callable<String> left = () -> attempt(tenant, one, first);
        Callable<String> right = () -> attempt(tenant, two, second);
        return CredentialsTest.atOnce(List.of(left, right));
    }

    private static String attempt(TenantId tenant, Actor actor, Supplier<TeamChange> change) {
        try {
            return Database.in(tenant, () -> World.as(actor, change)).name();
        } catch (AccessDenied | NotVisible putOutFirst) {
            return putOutFirst.getClass().getSimpleName();
        }
    }

    private <T> T as(Actor actor, Supplier<T> work) {
        return Database.in(Database.AURORA, () -> World.as(actor, work));
    }

    /** Whether every node heard that the person's sessions are to be looked at. */
    private static boolean heardOf(UUID person, Supplier<TeamChange> change) {
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

    private List<String> audited(UUID organization) {
        return Database.texts(
                "select action from t_aurora.audit_record where subject_id = '" + organization + "' order by seq");
    }

    private UUID signIn(String email) {
        return Database.in(
                Database.AURORA,
                () -> ((Welcome) world.credentials.signIn(email, World.PASSWORD, "192.0.2.79", "Firefox")).sessionId());
    }

    private boolean isLive(UUID session) {
        return Database.in(Database.AURORA, () -> world.sessions.find(session).isPresent());
    }
}
