package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.people.identity.IdentityFixture.Customer;
import io.tenantry.people.identity.InvitationOutcome.Invited;
import io.tenantry.people.identity.InvitationOutcome.Pending;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Scope;
import io.tenantry.testing.Database;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invitations issued by a stolen account or key are not restored with the account, and do not outlive the key. */
class InvitationWithdrawalsTest {
    private static final String REASON = "It was stolen";

    private final IdentityFixture identityFixture = new IdentityFixture();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "locked",
                "locked-by-operators",
                "disabled",
                "disabled-by-owner",
                "signed-out",
                "signed-out-by-owner",
                "signed-out-oneself",
                "signed-out-elsewhere",
                "password-changed",
                "reset",
                "removed",
                "removed-of-two",
                "demoted"
            })
    void keepsInvitationsOfAStolenAccountWithdrawnAfterItsRestoration(String how) {
        undone(() -> {
            var at = "1@" + how + ".example";
            var customer = identityFixture.customer("host" + at);
            var inviter = identityFixture.member(customer, "inviter" + at, "owner");
            var guest = identityFixture.customer("guest" + at).owner();
            var id = invite(customer, inviter, "guest" + at);
            var kept = invite(customer, customer.owner(), "kept" + at);
            invite(customer, inviter, "eve" + at);
            var link = lastLink();
            assertThat(identityFixture.passwordLinks.open(secret(link))).isPresent();
            revokeAndRestore(how, customer, inviter, "inviter" + at);
            assertThat(identityFixture.passwordLinks.open(secret(link))).isEmpty();
            assertThat(identityFixture.passwordLinks.use(secret(link), identityFixture.passwords.hash("another-orbit")))
                    .isEmpty();
            IdentityFixture.run(guest, () -> {
                assertThat(identityFixture.memberInvitations.mine()).isEmpty();
                assertThat(identityFixture.memberInvitations.accept(id)).isFalse();
            });
            assertThat(openInvitations(customer)).containsExactly(kept);
            assertThat(auditActions(customer.organizationId())).contains("member.invitation_withdrawn");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"itself", "its-maker-key", "all-of-its-person"})
    void withdrawsInvitationsOfAKeyWithTheKey(String how) {
        undone(() -> {
            var customer = identityFixture.customer("keys3@" + how + ".example");
            var organization = customer.organizationId();
            var guest = identityFixture.customer("guest3@" + how + ".example").owner();
            var scopes = Set.copyOf(Permission.OF_ORGANIZATIONS);
            IdentityFixture.run(customer.owner(), () -> {
                var stolen = identityFixture
                        .apiKeys
                        .create("stolen", organization, scopes, null)
                        .id();
                var made = withKey(
                                stolen,
                                organization,
                                () -> identityFixture.apiKeys.create("made", organization, scopes, null))
                        .id();
                var id = withKey(
                        made, organization, () -> invite(customer, customer.owner(), "guest3@" + how + ".example"));
                withKey(made, organization, () -> invite(customer, customer.owner(), "eve3@" + how + ".example"));
                var link = lastLink();
                var kept = invite(customer, customer.owner(), "kept3@" + how + ".example");
                switch (how) {
                    case "itself" -> identityFixture.apiKeys.revoke(organization, made);
                    case "its-maker-key" -> identityFixture.apiKeys.revoke(organization, stolen);
                    default -> identityFixture.members.revokeKeys(organization, IdentityFixture.id(customer.owner()));
                }
                assertThat(openInvitations(customer)).containsExactly(kept);
                assertThat(identityFixture.passwordLinks.open(secret(link))).isEmpty();
                IdentityFixture.run(
                        guest,
                        () -> assertThat(identityFixture.memberInvitations.accept(id))
                                .isFalse());
                assertThatThrownBy(() -> withKey(
                                made,
                                organization,
                                () -> invite(customer, customer.owner(), "late3@" + how + ".example")))
                        .isInstanceOf(AccessDeniedException.class);
            });
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"revoked", "removed"})
    void revokesOrganizationKeysCreatedByAStaffKeyWithThatKey(String how) {
        undone(() -> {
            var at = "9@" + how + ".example";
            var organization = identityFixture.customer("owner" + at).organizationId();
            var boss = identityFixture.staffMember("boss" + at, "staff_owner");
            var thief = identityFixture.staffMember("thief" + at, "staff_owner");
            var made = IdentityFixture.as(thief, () -> {
                var key = identityFixture
                        .apiKeys
                        .create("stolen", null, Set.copyOf(Permission.OF_STAFF), null)
                        .id();
                return withKey(key, null, () -> identityFixture.apiKeys.create("made", organization, Set.of(), null));
            });
            assertThat(identityFixture.apiKeys.authenticate(made.text())).isPresent();
            IdentityFixture.run(boss, () -> {
                var id = IdentityFixture.id(thief);
                var done =
                        how.equals("revoked") ? identityFixture.staff.revokeKeys(id) : identityFixture.staff.remove(id);
                assertThat(done).isEqualTo(TeamChange.DONE);
            });
            assertThat(identityFixture.apiKeys.authenticate(made.text())).isEmpty();
            assertThat(identityFixture.sql.query(
                            "select id from api_key where id = ? and revoked_at is null",
                            row -> row.uuid("id"),
                            made.id()))
                    .isEmpty();
        });
    }

    @Test
    void withdrawsInvitationsResentByAKeyWithTheKey() {
        undone(() -> {
            var customer = identityFixture.customer("again4@withdrawals.example");
            var organization = customer.organizationId();
            var id = invite(customer, customer.owner(), "guest4@withdrawals.example");
            identityFixture.sql.update("update membership_invitation set invited_at = now() - interval '6 minutes',"
                    + " sent_at = now() - interval '6 minutes'");
            IdentityFixture.run(customer.owner(), () -> {
                var key = identityFixture
                        .apiKeys
                        .create("again", organization, Set.copyOf(Permission.OF_ORGANIZATIONS), null)
                        .id();
                assertThat(withKey(
                                key, organization, () -> identityFixture.memberInvitations.sendAgain(organization, id)))
                        .isPresent();
                identityFixture.apiKeys.revoke(organization, key);
            });
            assertThat(openInvitations(customer)).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"locked", "disabled", "signed-out", "removed", "key"})
    void withdrawsStaffAndOwnerInvitationsOfAStolenAccount(String how) {
        undone(() -> {
            var at = "5@" + how + ".example";
            var boss = identityFixture.staffMember("boss" + at, "staff_owner");
            var thief = identityFixture.staffMember("thief" + at, "staff_owner");
            var settled = identityFixture.staffMember("settled" + at, "staff_support");
            identityFixture.sql.update(
                    "update staff_member set invited_by = ? where person_id = ?",
                    IdentityFixture.id(thief),
                    IdentityFixture.id(settled));
            var key = IdentityFixture.as(
                    thief,
                    () -> identityFixture
                            .apiKeys
                            .create("k", null, Set.copyOf(Permission.OF_STAFF), null)
                            .id());
            var inviting = (Supplier<UUID>) () -> {
                var colleague = (Invited) identityFixture.staff.invite("eve" + at, "Eve", "staff_owner");
                identityFixture.organizations.create(
                        new Organizations.Draft("Hers", "b" + at, "DE", "Eva", "eva" + at));
                return colleague.personId();
            };
            var eve =
                    IdentityFixture.as(thief, () -> how.equals("key") ? withKey(key, null, inviting) : inviting.get());
            var links = workingLinks();
            assertThat(links)
                    .hasSize(2)
                    .allMatch(link ->
                            identityFixture.passwordLinks.open(secret(link)).isPresent());
            IdentityFixture.run(boss, () -> {
                var id = IdentityFixture.id(thief);
                switch (how) {
                    case "locked" -> {
                        identityFixture.locks.lock(id, REASON);
                        identityFixture.locks.unlock(id);
                    }
                    case "disabled" -> {
                        identityFixture.staff.disable(id);
                        identityFixture.staff.enable(id);
                    }
                    case "signed-out" -> identityFixture.staff.endSessions(id);
                    case "removed" -> identityFixture.staff.remove(id);
                    default -> identityFixture.staff.revokeKeys(id);
                }
                assertThat(identityFixture.staff.all())
                        .extracting(TeamMember::personId)
                        .contains(IdentityFixture.id(settled))
                        .doesNotContain(eve);
            });
            assertThat(links)
                    .noneMatch(link ->
                            identityFixture.passwordLinks.open(secret(link)).isPresent());
            assertThat(auditActions(eve)).contains("staff.invitation_withdrawn", "person.link_withdrawn");
        });
    }

    @Test
    void withdrawsOperatorInvitationsOfAStolenAccount() {
        Database.rolledBack(
                Scope.PLATFORM,
                () -> IdentityFixture.asSystem(() -> {
                    var first = identityFixture.staffMember("first6@withdrawals-platform.example", "operator_owner");
                    var thief = identityFixture.staffMember("thief6@withdrawals-platform.example", "operator_owner");
                    var eve = (Invited) IdentityFixture.as(
                            thief,
                            () -> identityFixture.staff.invite(
                                    "eve6@withdrawals-platform.example", "Eve", "operator_owner"));
                    var secret = eve.shown().orElseThrow().url().split("#", 2)[1];
                    IdentityFixture.run(first, () -> {
                        identityFixture.locks.lock(IdentityFixture.id(thief), REASON);
                        identityFixture.locks.unlock(IdentityFixture.id(thief));
                    });
                    assertThat(identityFixture.passwordLinks.open(secret)).isEmpty();
                    assertThat(IdentityFixture.as(first, identityFixture.staff::all))
                            .extracting(TeamMember::personId)
                            .doesNotContain(eve.personId());
                    return true;
                }));
    }

    @Test
    void keepsInvitationsWhoseLinkSomebodyElseResent() {
        undone(() -> {
            var boss = identityFixture.staffMember("boss7@withdrawals.example", "staff_owner");
            var gone = identityFixture.staffMember("gone7@withdrawals.example", "staff_owner");
            var colleague = ((Invited) IdentityFixture.as(
                            gone,
                            () -> identityFixture.staff.invite("new7@withdrawals.example", "Nia", "staff_support")))
                    .personId();
            identityFixture.sql.update(
                    "update one_time_link set created_at = now() - interval '6 minutes' where expires_at > now()");
            IdentityFixture.run(boss, () -> {
                identityFixture.personAccounts.sendLink(colleague);
                identityFixture.staff.remove(IdentityFixture.id(gone));
                assertThat(identityFixture.staff.all())
                        .extracting(TeamMember::personId)
                        .contains(colleague);
            });
            assertThat(identityFixture.passwordLinks.open(secret(lastLink()))).isPresent();
        });
    }

    private void revokeAndRestore(String how, Customer customer, Actor inviter, String email) {
        var organization = customer.organizationId();
        var id = IdentityFixture.id(inviter);
        switch (how) {
            case "locked" -> {
                identityFixture.locks.lock(id, REASON);
                identityFixture.locks.unlock(id);
            }
            case "locked-by-operators" -> {
                identityFixture.staff.invite(email, "Ina", "staff_owner");
                identityFixture.recovery.lock(id, REASON, "Otto");
                identityFixture.recovery.unlock(id, "Otto");
            }
            case "disabled" -> {
                identityFixture.personAccounts.disable(id);
                identityFixture.personAccounts.enable(id);
            }
            case "disabled-by-owner" ->
                IdentityFixture.run(customer.owner(), () -> {
                    identityFixture.members.disable(organization, id);
                    identityFixture.members.enable(organization, id);
                });
            case "signed-out" -> identityFixture.personAccounts.endSessions(id);
            case "signed-out-by-owner" ->
                IdentityFixture.run(customer.owner(), () -> identityFixture.members.endSessions(organization, id));
            case "signed-out-oneself" -> IdentityFixture.run(inviter, identityFixture.sessions::endMine);
            case "signed-out-elsewhere" ->
                IdentityFixture.run(inviter, () -> identityFixture.sessions.endOthers(UUID.randomUUID()));
            case "password-changed" -> {
                var address = "192.0.2.142";
                var signedIn = (SignInOutcome.Authenticated) identityFixture.passwordAuthentication.signIn(
                        email, IdentityFixture.PASSWORD, address, "Firefox");
                IdentityFixture.run(
                        inviter,
                        () -> assertThat(identityFixture.passwordChange.change(
                                        signedIn.person(),
                                        IdentityFixture.PASSWORD,
                                        "another-orbit",
                                        signedIn.sessionId(),
                                        address))
                                .isInstanceOf(PasswordChange.Outcome.Changed.class));
            }
            case "reset" -> {
                identityFixture.forgotten.ask(email, "192.0.2.141");
                identityFixture.passwordLinks.use(secret(lastLink()), identityFixture.passwords.hash("another-orbit"));
            }
            case "removed" -> {
                identityFixture.members.remove(organization, id);
                identityFixture.members.invite(organization, email, "Ina", "owner");
            }
            case "removed-of-two" -> {
                identityFixture.members.invite(
                        identityFixture.customer("second." + email).organizationId(), email, "Ina", "viewer");
                identityFixture.members.remove(organization, id);
                identityFixture.members.invite(organization, email, "Ina", "owner");
            }
            default -> {
                identityFixture.members.changeRole(organization, id, "viewer");
                identityFixture.members.changeRole(organization, id, "owner");
            }
        }
        assertThat(IdentityFixture.as(inviter, identityFixture.access::places))
                .extracting(Access.Membership::role)
                .contains("owner");
    }

    private UUID invite(Customer customer, Actor inviter, String email) {
        return ((Pending) IdentityFixture.as(
                        inviter,
                        () -> identityFixture.members.invite(customer.organizationId(), email, "Typed", "viewer")))
                .invitationId();
    }

    private List<UUID> openInvitations(Customer customer) {
        return IdentityFixture.as(
                        customer.owner(), () -> identityFixture.memberInvitations.open(customer.organizationId()))
                .stream()
                .map(OpenInvitation::id)
                .toList();
    }

    private SecurityMailRequested.LinkCreated lastLink() {
        var links = workingLinks();
        return links.get(links.size() - 1);
    }

    /** Returns the links that work. */
    private List<SecurityMailRequested.LinkCreated> workingLinks() {
        return identityFixture.events.stream()
                .filter(SecurityMailRequested.LinkCreated.class::isInstance)
                .map(SecurityMailRequested.LinkCreated.class::cast)
                .filter(link -> identityFixture.passwordLinks.open(secret(link)).isPresent())
                .toList();
    }

    private static String secret(SecurityMailRequested.LinkCreated link) {
        return link.url().split("#", 2)[1];
    }

    private List<String> auditActions(UUID subject) {
        return identityFixture.sql.query(
                "select action from audit_record where subject_id = ?", row -> row.text("action"), subject.toString());
    }

    private static <T> T withKey(UUID key, @Nullable UUID organization, Supplier<T> work) {
        CurrentApiKey.enter(new CurrentApiKey(
                key,
                organization,
                Set.copyOf(organization == null ? Permission.OF_STAFF : Permission.OF_ORGANIZATIONS)));
        try {
            return work.get();
        } finally {
            CurrentApiKey.clear();
        }
    }

    private static void undone(Runnable work) {
        Database.rolledBack(
                Database.AURORA,
                () -> IdentityFixture.asSystem(() -> {
                    work.run();
                    return true;
                }));
    }
}
