package io.tenantry.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.identity.InvitationOutcome.OwnerThere;
import io.tenantry.identity.InvitationOutcome.RoleNotYours;
import io.tenantry.identity.SignInOutcome.Refused;
import io.tenantry.identity.SignInOutcome.Welcome;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stolen account is stopped at once, whatever it owns, and comes back with its roles and another password. */
class AccountLocksTest {
    private static final TenantId TENANT = new TenantId("locking");
    private static final String WHY = "Signed in from two continents";

    private final World world = new World();

    @BeforeAll
    static void prepare() {
        Database.tenant(TENANT, "EUR", "Europe/Berlin");
    }

    @Test
    void theOnlyOwnerOfAnOrganizationIsStoppedAtOnce() {
        undone(() -> {
            var customer = world.customer("only1@locking.example");
            var owner = World.id(customer.owner());
            var session = signIn("only1@locking.example").sessionId();
            var key = World.as(
                    customer.owner(),
                    () -> world.apiKeys.create("k", customer.organizationId(), Set.of(Permission.VPS_VIEW), null));
            var support = world.staffMember("support1@locking.example", "staff_support");
            World.run(support, () -> {
                assertThat(world.people.disable(owner)).isEqualTo(TeamChange.LAST_OWNER);
                assertThat(world.locks.lock(owner, WHY)).isEqualTo(TeamChange.DONE);
            });
            assertThat(world.sessions.find(session)).isEmpty();
            assertThat(world.sessions.live(List.of(session))).isEmpty();
            assertThat(world.apiKeys.authenticate(key.text())).isEmpty();
            assertThat(tryToSignIn("only1@locking.example", World.PASSWORD)).isInstanceOf(Refused.class);
            assertThat(World.as(customer.owner(), world.access::places)).isEmpty();
            world.forgotten.ask("only1@locking.example", "192.0.2.121");
            assertThat(openLinks(customer.owner())).isZero();
            assertThat(World.as(support, () -> world.members.of(customer.organizationId())))
                    .singleElement()
                    .satisfies(member -> {
                        assertThat(member.role()).isEqualTo("owner");
                        assertThat(member.isLocked()).isTrue();
                        assertThat(member.lockReason()).contains(WHY);
                    });
            assertThat(audited(owner.toString())).contains("person.locked");
        });
    }

    @Test
    void unlockedThePersonHasEverythingBackButThePasswordAndKeys() {
        undone(() -> {
            var customer = world.customer("back2@locking.example");
            var owner = World.id(customer.owner());
            var support = world.staffMember("support2@locking.example", "staff_support");
            var session = signIn("back2@locking.example").sessionId();
            World.run(support, () -> {
                world.locks.lock(owner, WHY);
                assertThat(world.locks.unlock(owner)).isEqualTo(TeamChange.DONE);
            });
            assertThat(world.sessions.find(session)).isEmpty();
            assertThat(tryToSignIn("back2@locking.example", World.PASSWORD)).isInstanceOf(Refused.class);
            var link = (PersonTold.OfLink) world.events.get(world.events.size() - 1);
            assertThat(link.purpose()).isEqualTo(Links.Purpose.RESET);
            var fresh = "another-orbit-teapot";
            assertThat(world.links.use(link.url().split("#", 2)[1], world.passwords.hash(fresh)))
                    .isPresent();
            assertThat(tryToSignIn("back2@locking.example", fresh)).isInstanceOf(Welcome.class);
            assertThat(World.as(customer.owner(), world.access::places))
                    .extracting(Access.Place::role)
                    .containsExactly("owner");
            assertThat(audited(owner.toString())).contains("person.unlocked");
        });
    }

    @Test
    void whatWasCheckedBeforeTheLockOpensNothingAfterUnlocking() {
        undone(() -> {
            var customer = world.customer("slow3@locking.example");
            var owner = World.id(customer.owner());
            var attempt = ((SignIns.Admission.Admitted) world.signIns.admit("slow3@locking.example", "192.0.2.122"))
                    .attempt();
            var candidate = attempt.candidate().orElseThrow();
            world.locks.lock(owner, WHY);
            world.locks.unlock(owner);
            assertThat(world.signIns.welcome(
                            attempt,
                            candidate.standing().orElseThrow(),
                            candidate.passwordHash().orElseThrow(),
                            "192.0.2.122",
                            "Firefox"))
                    .isEmpty();
        });
    }

    @Test
    void nobodyAppointsAnotherOwnerBesideALockedOne() {
        undone(() -> {
            var customer = world.customer("sole4@locking.example");
            var organization = customer.organizationId();
            var owner = World.id(customer.owner());
            var support = world.staffMember("support4@locking.example", "staff_support");
            World.run(support, () -> {
                world.locks.lock(owner, WHY);
                assertThat(world.members.invite(organization, "me4@locking.example", "Me", "owner"))
                        .isEqualTo(new RoleNotYours("owner"));
                assertThat(world.members.remove(organization, owner)).isEqualTo(TeamChange.LAST_OWNER);
                assertThat(world.members.changeRole(organization, owner, "viewer"))
                        .isEqualTo(TeamChange.LAST_OWNER);
                world.locks.unlock(owner);
                assertThat(world.members.invite(organization, "me4@locking.example", "Me", "owner"))
                        .isEqualTo(new RoleNotYours("owner"));
            });
        });
    }

    @Test
    void anOrganizationCannotLiftALockByDisablingAndEnabling() {
        undone(() -> {
            var customer = world.customer("lift5@locking.example");
            var organization = customer.organizationId();
            var member = world.member(customer, "member5@locking.example", "member");
            var support = world.staffMember("support5@locking.example", "staff_support");
            World.run(support, () -> world.locks.lock(World.id(member), WHY));
            World.run(customer.owner(), () -> {
                assertThat(world.members.disable(organization, World.id(member)))
                        .isEqualTo(TeamChange.LOCKED);
                assertThat(world.members.enable(organization, World.id(member))).isEqualTo(TeamChange.LOCKED);
                assertThat(world.members.of(organization))
                        .allMatch(one -> one.lockReason().isEmpty());
                assertThatThrownBy(() -> world.locks.unlock(World.id(member))).isInstanceOf(AccessDenied.class);
                assertThatThrownBy(() -> world.locks.lock(World.id(member), WHY))
                        .isInstanceOf(AccessDenied.class);
            });
            World.run(support, () -> {
                assertThat(world.people.disable(World.id(member))).isEqualTo(TeamChange.LOCKED);
                assertThat(world.people.enable(World.id(member))).isEqualTo(TeamChange.LOCKED);
            });
            assertThat(tryToSignIn("member5@locking.example", World.PASSWORD)).isInstanceOf(Refused.class);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "    ", "abcd", "two\nlines of text"})
    void aLockHasAReason(String reason) {
        undone(() -> {
            var customer = world.customer("why6@locking.example");
            assertThat(world.locks.lock(World.id(customer.owner()), reason)).isEqualTo(TeamChange.NO_REASON);
            assertThat(signIn("why6@locking.example")).isNotNull();
        });
    }

    @Test
    void staffLockColleaguesButNeitherThemselvesNorTheLastOwner() {
        undone(() -> {
            var boss = world.staffMember("boss7@locking.example", "staff_owner");
            var support = world.staffMember("support7@locking.example", "staff_support");
            World.run(
                    support,
                    () -> assertThatThrownBy(() -> world.locks.lock(World.id(boss), WHY))
                            .isInstanceOf(AccessDenied.class));
            assertThat(world.locks.lock(World.id(boss), WHY)).isEqualTo(TeamChange.LAST_OWNER);
            World.run(boss, () -> {
                assertThat(world.locks.lock(World.id(boss), WHY)).isEqualTo(TeamChange.ONESELF);
                assertThat(world.locks.lock(World.id(support), WHY)).isEqualTo(TeamChange.DONE);
                assertThat(world.staff.disable(World.id(support))).isEqualTo(TeamChange.LOCKED);
                assertThat(world.staff.enable(World.id(support))).isEqualTo(TeamChange.LOCKED);
                assertThat(world.locks.unlock(World.id(support))).isEqualTo(TeamChange.DONE);
            });
        });
    }

    @Test
    void operatorsLockTheLastOwnerOfAResellerAndOnlyTheyUnlock() {
        undone(() -> {
            var boss = world.staffMember("boss8@locking.example", "staff_owner");
            var session = signIn("boss8@locking.example").sessionId();
            assertThat(world.recovery.lock(World.id(boss), WHY, "Otto")).isEqualTo(TeamChange.DONE);
            assertThat(world.sessions.find(session)).isEmpty();
            assertThat(world.recovery.invite("me8@operator.example", "Me", "Otto"))
                    .isEqualTo(new OwnerThere());
            var other = world.staffMember("other8@locking.example", "staff_owner");
            World.run(
                    other,
                    () -> assertThat(world.locks.unlock(World.id(boss))).isEqualTo(TeamChange.LOCKED_BY_PLATFORM));
            assertThat(world.recovery.unlock(World.id(boss), "Otto")).isEqualTo(TeamChange.DONE);
            assertThat(world.recovery.invite("me8@operator.example", "Me", "Otto"))
                    .isEqualTo(new OwnerThere());
        });
    }

    @Test
    void operatorsDoNotLockTheLastOfThemselves() {
        Database.undone(Scope.PLATFORM, () -> {
            world.sql.update("delete from staff_member");
            var first = world.staffMember("first9@locking-platform.example", "operator_owner");
            var second = world.staffMember("second9@locking-platform.example", "operator_owner");
            World.run(first, () -> {
                assertThat(world.locks.lock(World.id(first), WHY)).isEqualTo(TeamChange.ONESELF);
                assertThat(world.locks.lock(World.id(second), WHY)).isEqualTo(TeamChange.DONE);
            });
            assertThat(World.asSystem(() -> world.locks.lock(World.id(first), WHY)))
                    .isEqualTo(TeamChange.LAST_OWNER);
        });
    }

    @Test
    void thePersonAndOtherOwnersAreTold() {
        undone(() -> {
            var customer = world.customer("told10@locking.example");
            var other = world.member(customer, "other10@locking.example", "owner");
            world.locks.lock(World.id(customer.owner()), WHY);
            assertThat(world.events).contains(new PersonTold.OfLock(World.id(customer.owner()), true));
            assertThat(world.sql.query(
                            "select subject from notification where kind = 'MEMBER_LOCKED' and person_id = ?",
                            row -> row.text("subject"),
                            World.id(other)))
                    .containsExactly("Olga Owner");
        });
    }

    private Welcome signIn(String email) {
        return (Welcome) tryToSignIn(email, World.PASSWORD);
    }

    private SignInOutcome tryToSignIn(String email, String password) {
        return world.credentials.signIn(email, password, "192.0.2.120", "Firefox");
    }

    private long openLinks(Actor person) {
        return world.sql.one(
                "select count(*)::int as links from one_time_link where person_id = ? and used_at is null",
                row -> row.whole("links"),
                World.id(person));
    }

    private List<String> audited(String subject) {
        return world.sql.query(
                "select action from audit_record where subject_id = ?", row -> row.text("action"), subject);
    }

    private static void undone(Runnable work) {
        Database.undone(
                Scope.of(TENANT),
                () -> World.asSystem(() -> {
                    work.run();
                    return true;
                }));
    }
}
