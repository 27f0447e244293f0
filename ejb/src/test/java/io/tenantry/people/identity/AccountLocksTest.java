package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.people.identity.InvitationOutcome.OwnerThere;
import io.tenantry.people.identity.InvitationOutcome.RoleNotYours;
import io.tenantry.people.identity.SignInOutcome.Authenticated;
import io.tenantry.people.identity.SignInOutcome.Refused;
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

/** A stolen account is locked immediately, whatever it owns, and is restored with its roles and another password. */
class AccountLocksTest {
    private static final TenantId TENANT = new TenantId("locking");
    private static final String REASON = "Signed in from two continents";

    private final IdentityFixture identityFixture = new IdentityFixture();

    @BeforeAll
    static void prepare() {
        Database.tenant(TENANT, "EUR", "Europe/Berlin");
    }

    @Test
    void lockingTheOnlyOwnerRevokesAllAccessImmediately() {
        undone(() -> {
            var customer = identityFixture.customer("only1@locking.example");
            var owner = IdentityFixture.id(customer.owner());
            var session = signIn("only1@locking.example").sessionId();
            var key = IdentityFixture.as(
                    customer.owner(),
                    () -> identityFixture.apiKeys.create(
                            "k", customer.organizationId(), Set.of(Permission.VPS_VIEW), null));
            var support = identityFixture.staffMember("support1@locking.example", "staff_support");
            IdentityFixture.run(support, () -> {
                assertThat(identityFixture.personAccounts.disable(owner)).isEqualTo(TeamChange.LAST_OWNER);
                assertThat(identityFixture.locks.lock(owner, REASON)).isEqualTo(TeamChange.DONE);
            });
            assertThat(identityFixture.sessions.find(session)).isEmpty();
            assertThat(identityFixture.sessions.live(List.of(session))).isEmpty();
            assertThat(identityFixture.apiKeys.authenticate(key.text())).isEmpty();
            assertThat(tryToSignIn("only1@locking.example", IdentityFixture.PASSWORD))
                    .isInstanceOf(Refused.class);
            assertThat(IdentityFixture.as(customer.owner(), identityFixture.access::places))
                    .isEmpty();
            identityFixture.forgotten.ask("only1@locking.example", "192.0.2.121");
            assertThat(openLinks(customer.owner())).isZero();
            assertThat(IdentityFixture.as(support, () -> identityFixture.members.of(customer.organizationId())))
                    .singleElement()
                    .satisfies(member -> {
                        assertThat(member.role()).isEqualTo("owner");
                        assertThat(member.isLocked()).isTrue();
                        assertThat(member.lockReason()).contains(REASON);
                    });
            assertThat(auditActions(owner.toString())).contains("person.locked");
        });
    }

    @Test
    void unlockingRestoresRolesButNeitherPasswordNorKeys() {
        undone(() -> {
            var customer = identityFixture.customer("back2@locking.example");
            var owner = IdentityFixture.id(customer.owner());
            var support = identityFixture.staffMember("support2@locking.example", "staff_support");
            var session = signIn("back2@locking.example").sessionId();
            IdentityFixture.run(support, () -> {
                identityFixture.locks.lock(owner, REASON);
                assertThat(identityFixture.locks.unlock(owner)).isEqualTo(TeamChange.DONE);
            });
            assertThat(identityFixture.sessions.find(session)).isEmpty();
            assertThat(tryToSignIn("back2@locking.example", IdentityFixture.PASSWORD))
                    .isInstanceOf(Refused.class);
            var link =
                    (SecurityMailRequested.LinkCreated) identityFixture.events.get(identityFixture.events.size() - 1);
            assertThat(link.purpose()).isEqualTo(PasswordLinks.Purpose.RESET);
            var newPassword = "another-orbit-teapot";
            assertThat(identityFixture.passwordLinks.use(
                            link.url().split("#", 2)[1], identityFixture.passwords.hash(newPassword)))
                    .isPresent();
            assertThat(tryToSignIn("back2@locking.example", newPassword)).isInstanceOf(Authenticated.class);
            assertThat(IdentityFixture.as(customer.owner(), identityFixture.access::places))
                    .extracting(Access.Membership::role)
                    .containsExactly("owner");
            assertThat(auditActions(owner.toString())).contains("person.unlocked");
        });
    }

    @Test
    void rejectsASignInCheckedBeforeTheLockAfterUnlocking() {
        undone(() -> {
            var customer = identityFixture.customer("slow3@locking.example");
            var owner = IdentityFixture.id(customer.owner());
            var attempt = ((SignInTransactions.Admission.Admitted)
                            identityFixture.signInTransactions.admit("slow3@locking.example", "192.0.2.122"))
                    .attempt();
            var candidate = attempt.candidate().orElseThrow();
            identityFixture.locks.lock(owner, REASON);
            identityFixture.locks.unlock(owner);
            assertThat(identityFixture.signInTransactions.welcome(
                            attempt,
                            candidate.authenticated().orElseThrow(),
                            candidate.passwordHash().orElseThrow(),
                            "192.0.2.122",
                            "Firefox"))
                    .isEmpty();
        });
    }

    @Test
    void appointsNoOtherOwnerWhileTheOwnerIsLocked() {
        undone(() -> {
            var customer = identityFixture.customer("sole4@locking.example");
            var organization = customer.organizationId();
            var owner = IdentityFixture.id(customer.owner());
            var support = identityFixture.staffMember("support4@locking.example", "staff_support");
            IdentityFixture.run(support, () -> {
                identityFixture.locks.lock(owner, REASON);
                assertThat(identityFixture.members.invite(organization, "me4@locking.example", "Me", "owner"))
                        .isEqualTo(new RoleNotYours("owner"));
                assertThat(identityFixture.members.remove(organization, owner)).isEqualTo(TeamChange.LAST_OWNER);
                assertThat(identityFixture.members.changeRole(organization, owner, "viewer"))
                        .isEqualTo(TeamChange.LAST_OWNER);
                identityFixture.locks.unlock(owner);
                assertThat(identityFixture.members.invite(organization, "me4@locking.example", "Me", "owner"))
                        .isEqualTo(new RoleNotYours("owner"));
            });
        });
    }

    @Test
    void anOrganizationCannotLiftALockByDisablingAndEnabling() {
        undone(() -> {
            var customer = identityFixture.customer("lift5@locking.example");
            var organization = customer.organizationId();
            var member = identityFixture.member(customer, "member5@locking.example", "member");
            var support = identityFixture.staffMember("support5@locking.example", "staff_support");
            IdentityFixture.run(support, () -> identityFixture.locks.lock(IdentityFixture.id(member), REASON));
            IdentityFixture.run(customer.owner(), () -> {
                assertThat(identityFixture.members.disable(organization, IdentityFixture.id(member)))
                        .isEqualTo(TeamChange.LOCKED);
                assertThat(identityFixture.members.enable(organization, IdentityFixture.id(member)))
                        .isEqualTo(TeamChange.LOCKED);
                assertThat(identityFixture.members.of(organization))
                        .allMatch(one -> one.lockReason().isEmpty());
                assertThatThrownBy(() -> identityFixture.locks.unlock(IdentityFixture.id(member)))
                        .isInstanceOf(AccessDeniedException.class);
                assertThatThrownBy(() -> identityFixture.locks.lock(IdentityFixture.id(member), REASON))
                        .isInstanceOf(AccessDeniedException.class);
            });
            IdentityFixture.run(support, () -> {
                assertThat(identityFixture.personAccounts.disable(IdentityFixture.id(member)))
                        .isEqualTo(TeamChange.LOCKED);
                assertThat(identityFixture.personAccounts.enable(IdentityFixture.id(member)))
                        .isEqualTo(TeamChange.LOCKED);
            });
            assertThat(tryToSignIn("member5@locking.example", IdentityFixture.PASSWORD))
                    .isInstanceOf(Refused.class);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "    ", "abcd", "two\nlines of text"})
    void rejectsLocksWithoutAReason(String reason) {
        undone(() -> {
            var customer = identityFixture.customer("why6@locking.example");
            assertThat(identityFixture.locks.lock(IdentityFixture.id(customer.owner()), reason))
                    .isEqualTo(TeamChange.NO_REASON);
            assertThat(signIn("why6@locking.example")).isNotNull();
        });
    }

    @Test
    void staffCannotLockThemselvesOrTheLastOwner() {
        undone(() -> {
            var boss = identityFixture.staffMember("boss7@locking.example", "staff_owner");
            var support = identityFixture.staffMember("support7@locking.example", "staff_support");
            IdentityFixture.run(
                    support,
                    () -> assertThatThrownBy(() -> identityFixture.locks.lock(IdentityFixture.id(boss), REASON))
                            .isInstanceOf(AccessDeniedException.class));
            assertThat(identityFixture.locks.lock(IdentityFixture.id(boss), REASON))
                    .isEqualTo(TeamChange.LAST_OWNER);
            IdentityFixture.run(boss, () -> {
                assertThat(identityFixture.locks.lock(IdentityFixture.id(boss), REASON))
                        .isEqualTo(TeamChange.OWN_ACCOUNT);
                assertThat(identityFixture.locks.lock(IdentityFixture.id(support), REASON))
                        .isEqualTo(TeamChange.DONE);
                assertThat(identityFixture.staff.disable(IdentityFixture.id(support)))
                        .isEqualTo(TeamChange.LOCKED);
                assertThat(identityFixture.staff.enable(IdentityFixture.id(support)))
                        .isEqualTo(TeamChange.LOCKED);
                assertThat(identityFixture.locks.unlock(IdentityFixture.id(support)))
                        .isEqualTo(TeamChange.DONE);
            });
        });
    }

    @Test
    void onlyOperatorsUnlockALastOwnerLockedByOperators() {
        undone(() -> {
            var boss = identityFixture.staffMember("boss8@locking.example", "staff_owner");
            var session = signIn("boss8@locking.example").sessionId();
            assertThat(identityFixture.recovery.lock(IdentityFixture.id(boss), REASON, "Otto"))
                    .isEqualTo(TeamChange.DONE);
            assertThat(identityFixture.sessions.find(session)).isEmpty();
            assertThat(identityFixture.recovery.invite("me8@operator.example", "Me", "Otto"))
                    .isEqualTo(new OwnerThere());
            var other = identityFixture.staffMember("other8@locking.example", "staff_owner");
            IdentityFixture.run(
                    other,
                    () -> assertThat(identityFixture.locks.unlock(IdentityFixture.id(boss)))
                            .isEqualTo(TeamChange.LOCKED_BY_PLATFORM));
            assertThat(identityFixture.recovery.unlock(IdentityFixture.id(boss), "Otto"))
                    .isEqualTo(TeamChange.DONE);
            assertThat(identityFixture.recovery.invite("me8@operator.example", "Me", "Otto"))
                    .isEqualTo(new OwnerThere());
        });
    }

    @Test
    void refusesToLockTheLastOperator() {
        Database.rolledBack(Scope.PLATFORM, () -> {
            identityFixture.sql.update("delete from staff_member");
            var first = identityFixture.staffMember("first9@locking-platform.example", "operator_owner");
            var second = identityFixture.staffMember("second9@locking-platform.example", "operator_owner");
            IdentityFixture.run(first, () -> {
                assertThat(identityFixture.locks.lock(IdentityFixture.id(first), REASON))
                        .isEqualTo(TeamChange.OWN_ACCOUNT);
                assertThat(identityFixture.locks.lock(IdentityFixture.id(second), REASON))
                        .isEqualTo(TeamChange.DONE);
            });
            assertThat(IdentityFixture.asSystem(() -> identityFixture.locks.lock(IdentityFixture.id(first), REASON)))
                    .isEqualTo(TeamChange.LAST_OWNER);
        });
    }

    @Test
    void notifiesThePersonAndTheOtherOwnersOfALock() {
        undone(() -> {
            var customer = identityFixture.customer("told10@locking.example");
            var other = identityFixture.member(customer, "other10@locking.example", "owner");
            identityFixture.locks.lock(IdentityFixture.id(customer.owner()), REASON);
            assertThat(identityFixture.events)
                    .contains(new SecurityMailRequested.LockChanged(IdentityFixture.id(customer.owner()), true));
            assertThat(identityFixture.sql.query(
                            "select subject from notification where kind = 'MEMBER_LOCKED' and person_id = ?",
                            row -> row.text("subject"),
                            IdentityFixture.id(other)))
                    .containsExactly("Olga Owner");
        });
    }

    private Authenticated signIn(String email) {
        return (Authenticated) tryToSignIn(email, IdentityFixture.PASSWORD);
    }

    private SignInOutcome tryToSignIn(String email, String password) {
        return identityFixture.passwordAuthentication.signIn(email, password, "192.0.2.120", "Firefox");
    }

    private long openLinks(Actor person) {
        return identityFixture.sql.one(
                "select count(*)::int as links from one_time_link where person_id = ? and used_at is null",
                row -> row.whole("links"),
                IdentityFixture.id(person));
    }

    private List<String> auditActions(String subject) {
        return identityFixture.sql.query(
                "select action from audit_record where subject_id = ?", row -> row.text("action"), subject);
    }

    private static void undone(Runnable work) {
        Database.rolledBack(
                Scope.of(TENANT),
                () -> IdentityFixture.asSystem(() -> {
                    work.run();
                    return true;
                }));
    }
}
