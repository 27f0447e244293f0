package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.people.identity.InvitationOutcome.AlreadyInvited;
import io.tenantry.people.identity.InvitationOutcome.Pending;
import io.tenantry.people.identity.SignInOutcome.Authenticated;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person becomes a member only by consent, and the inviting member learns nothing about who has an account. */
class MemberInvitationsTest {
    private static final TenantId TENANT = Database.AURORA;

    private final IdentityFixture identityFixture = new IdentityFixture();

    @Test
    void doesNotRevealWhetherAnInvitedPersonHasAnAccount() {
        var customer = in(() -> identityFixture.customer("same1@consent.example"));
        in(() -> identityFixture.customer("known1@consent.example"));
        in(() -> identityFixture.staffMember("staff1@consent.example", "staff_support"));
        var organization = customer.organizationId();
        for (var email : List.of("known1@consent.example", "staff1@consent.example", "new1@consent.example")) {
            assertThat(as(
                            customer.owner(),
                            () -> identityFixture.members.invite(organization, email, "Typed", "viewer")))
                    .isInstanceOf(Pending.class);
            assertThat(as(
                            customer.owner(),
                            () -> identityFixture.members.invite(organization, email, "Typed", "viewer")))
                    .isEqualTo(new AlreadyInvited());
        }
        assertThat(as(customer.owner(), () -> identityFixture.memberInvitations.open(organization)))
                .hasSize(3)
                .allSatisfy(row -> {
                    assertThat(row.name()).isEqualTo("Typed");
                    assertThat(row.role()).isEqualTo("viewer");
                    assertThat(row.isExpired()).isFalse();
                });
        assertThat(as(customer.owner(), () -> identityFixture.members.of(organization)))
                .hasSize(1);
    }

    @Test
    void knownPersonsBecomeMembersOnAcceptance() {
        var customer = in(() -> identityFixture.customer("host2@consent.example"));
        var guest = in(() -> identityFixture.customer("guest2@consent.example")).owner();
        var id = invite(customer, "guest2@consent.example", "viewer");
        assertThat(identityFixture.events)
                .contains(new SecurityMailRequested.InvitationReceived(
                        IdentityFixture.id(guest), "Customer of host2@consent.example"));
        assertThat(membershipsOf(guest)).hasSize(1);
        assertThat(as(guest, identityFixture.memberInvitations::mine))
                .singleElement()
                .satisfies(mine -> assertThat(mine.invitedBy()).contains("Olga Owner"));
        assertThat(as(guest, () -> identityFixture.memberInvitations.accept(id)))
                .isTrue();
        assertThat(as(guest, () -> identityFixture.memberInvitations.accept(id)))
                .isTrue();
        assertThat(membershipsOf(guest)).hasSize(2);
        assertThat(as(guest, identityFixture.memberInvitations::mine)).isEmpty();
        assertThat(auditActions(customer)).containsSubsequence("member.invited", "member.joined");
    }

    @Test
    void choosingAPasswordAcceptsOnlyTheInvitationOfTheLink() {
        var first = in(() -> identityFixture.customer("first3@consent.example"));
        var second = in(() -> identityFixture.customer("second3@consent.example"));
        invite(first, "fresh3@consent.example", "viewer");
        var firstLink = lastLink();
        invite(second, "fresh3@consent.example", "viewer");
        var fresh = lastLink().personId();
        assertThat(in(() -> identityFixture.passwordLinks.use(
                        secret(firstLink), identityFixture.passwords.hash(IdentityFixture.PASSWORD))))
                .isPresent();
        var person = new Actor(Actor.Kind.MEMBER, fresh, "Typed");
        assertThat(membershipsOf(person))
                .extracting(Access.Membership::organizationId)
                .containsExactly(first.organizationId());
        assertThat(as(person, identityFixture.memberInvitations::mine)).hasSize(1);
    }

    @Test
    void personsWithoutMembershipCanSignInToAnswerAnInvitation() {
        var customer = in(() -> identityFixture.customer("host4@consent.example"));
        var gone = in(() -> identityFixture.member(customer, "gone4@consent.example", "viewer"));
        as(customer.owner(), () -> identityFixture.members.remove(customer.organizationId(), IdentityFixture.id(gone)));
        assertThat(signIn("gone4@consent.example")).isInstanceOf(SignInOutcome.Refused.class);
        var id = invite(customer, "gone4@consent.example", "viewer");
        assertThat(signIn("gone4@consent.example")).isInstanceOf(Authenticated.class);
        assertThat(membershipsOf(gone)).isEmpty();
        run(gone, () -> identityFixture.memberInvitations.decline(id));
        assertThat(as(gone, () -> identityFixture.memberInvitations.accept(id))).isFalse();
        assertThat(signIn("gone4@consent.example")).isInstanceOf(SignInOutcome.Refused.class);
        assertThat(as(customer.owner(), () -> identityFixture.memberInvitations.open(customer.organizationId())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"withdrawn", "expired", "closed", "removed", "demoted", "locked"})
    void cannotAcceptAnInvitationThatIsNoLongerValid(String how) {
        var customer = in(() -> identityFixture.customer("host5@" + how + ".example"));
        var inviter = in(() -> identityFixture.member(customer, "inviter5@" + how + ".example", "owner"));
        var guest =
                in(() -> identityFixture.customer("guest5@" + how + ".example")).owner();
        var organization = customer.organizationId();
        var id = ((Pending) as(
                        inviter,
                        () -> identityFixture.members.invite(
                                organization, "guest5@" + how + ".example", "Gus", "viewer")))
                .invitationId();
        as(inviter, () -> identityFixture.members.invite(organization, "fresh5@" + how + ".example", "Fay", "viewer"));
        var link = lastLink();
        switch (how) {
            case "withdrawn" -> {
                run(customer.owner(), () -> identityFixture.memberInvitations.withdraw(organization, id));
                run(
                        customer.owner(),
                        () -> identityFixture
                                .memberInvitations
                                .open(organization)
                                .forEach(one -> identityFixture.memberInvitations.withdraw(organization, one.id())));
            }
            case "expired" ->
                Database.asOwner("update t_aurora.membership_invitation set expires_at = now(),"
                        + " sent_at = now() - interval '3 days', invited_at = now() - interval '3 days'"
                        + " where organization_id = '" + organization + "'");
            case "closed" ->
                Database.asOwner("update t_aurora.organization set state = 'CLOSED' where id = '" + organization + "'");
            case "removed" ->
                as(customer.owner(), () -> identityFixture.members.remove(organization, IdentityFixture.id(inviter)));
            case "demoted" ->
                as(
                        customer.owner(),
                        () -> identityFixture.members.changeRole(organization, IdentityFixture.id(inviter), "admin"));
            default ->
                in(() -> IdentityFixture.asSystem(
                        () -> identityFixture.locks.lock(IdentityFixture.id(inviter), "It was stolen")));
        }
        assertThat(as(guest, identityFixture.memberInvitations::mine)).isEmpty();
        assertThat(as(guest, () -> identityFixture.memberInvitations.accept(id)))
                .isFalse();
        assertThat(membershipsOf(guest)).hasSize(1);
        assertThat(in(() -> identityFixture.passwordLinks.open(secret(link)))).isEmpty();
        assertThat(in(() -> identityFixture.passwordLinks.use(
                        secret(link), identityFixture.passwords.hash(IdentityFixture.PASSWORD))))
                .isEmpty();
    }

    @Test
    void resendingAnExpiredInvitationMakesTheSenderItsInviter() {
        var customer = in(() -> identityFixture.customer("host6@consent.example"));
        var inviter = in(() -> identityFixture.member(customer, "inviter6@consent.example", "owner"));
        var guest = in(() -> identityFixture.customer("guest6@consent.example")).owner();
        var organization = customer.organizationId();
        var id = ((Pending) as(
                        inviter,
                        () -> identityFixture.members.invite(organization, "guest6@consent.example", "Gus", "viewer")))
                .invitationId();
        assertThatThrownBy(
                        () -> as(customer.owner(), () -> identityFixture.memberInvitations.sendAgain(organization, id)))
                .isInstanceOf(TooManyLinksException.class);
        Database.asOwner("update t_aurora.membership_invitation set expires_at = now(),"
                + " sent_at = now() - interval '3 days', invited_at = now() - interval '3 days' where id = '" + id
                + "'");
        assertThat(as(customer.owner(), () -> identityFixture.memberInvitations.sendAgain(organization, id)))
                .get()
                .satisfies(sent -> {
                    assertThat(sent.mailedTo()).contains("guest6@consent.example");
                    assertThat(sent.shown()).isEmpty();
                });
        as(customer.owner(), () -> identityFixture.members.remove(organization, IdentityFixture.id(inviter)));
        assertThat(as(guest, () -> identityFixture.memberInvitations.accept(id)))
                .isTrue();
    }

    @Test
    void onlyTheInvitedPersonAnswersAndOnlyMemberManagersList() {
        var customer = in(() -> identityFixture.customer("host7@consent.example"));
        var viewer = in(() -> identityFixture.member(customer, "viewer7@consent.example", "viewer"));
        var guest = in(() -> identityFixture.customer("guest7@consent.example"));
        var id = invite(customer, "guest7@consent.example", "viewer");
        assertThatThrownBy(() -> as(viewer, () -> identityFixture.memberInvitations.accept(id)))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> run(viewer, () -> identityFixture.memberInvitations.decline(id)))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> as(viewer, () -> identityFixture.memberInvitations.open(customer.organizationId())))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> run(
                        guest.owner(), () -> identityFixture.memberInvitations.withdraw(guest.organizationId(), id)))
                .isInstanceOf(NotFoundException.class);
        CurrentApiKey.enter(new CurrentApiKey(UUID.randomUUID(), guest.organizationId(), Set.of(Permission.VPS_VIEW)));
        try {
            assertThatThrownBy(() -> as(guest.owner(), () -> identityFixture.memberInvitations.accept(id)))
                    .isInstanceOf(AccessDeniedException.class);
        } finally {
            CurrentApiKey.clear();
        }
    }

    @Test
    void hidesInvitationsFromKeysOfOtherOrganizations() {
        var customer = in(() -> identityFixture.customer("bound-host@consent.example"));
        var guest = in(() -> identityFixture.customer("bound-guest@consent.example"));
        var id = invite(customer, "bound-guest@consent.example", "viewer");
        var scopes = Set.of(Permission.MEMBERS_MANAGE);
        CurrentApiKey.enter(new CurrentApiKey(UUID.randomUUID(), guest.organizationId(), scopes));
        try {
            assertThat(as(guest.owner(), identityFixture.memberInvitations::mine))
                    .isEmpty();
            assertThatThrownBy(() -> as(guest.owner(), () -> identityFixture.memberInvitations.accept(id)))
                    .isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> run(guest.owner(), () -> identityFixture.memberInvitations.decline(id)))
                    .isInstanceOf(NotFoundException.class);
            CurrentApiKey.enter(new CurrentApiKey(UUID.randomUUID(), customer.organizationId(), scopes));
            assertThat(as(guest.owner(), identityFixture.memberInvitations::mine))
                    .hasSize(1);
        } finally {
            CurrentApiKey.clear();
        }
        assertThat(membershipsOf(guest.owner())).hasSize(1);
        assertThat(as(guest.owner(), () -> identityFixture.memberInvitations.accept(id)))
                .isTrue();
    }

    @Test
    void invitedOwnersCannotJoinOnceTheFormerOwnerIsEnabled() {
        var support = in(() -> identityFixture.staffMember("support8@consent.example", "staff_support"));
        var customer = in(() -> identityFixture.customer("back8@consent.example"));
        var friend =
                in(() -> identityFixture.customer("friend8@consent.example")).owner();
        var organization = customer.organizationId();
        Database.asOwner("update t_aurora.person set state = 'DISABLED' where id = '"
                + IdentityFixture.id(customer.owner()) + "'");
        var id = ((Pending) as(
                        support,
                        () -> identityFixture.members.invite(organization, "friend8@consent.example", "Fred", "owner")))
                .invitationId();
        Database.asOwner("update t_aurora.person set state = 'ACTIVE' where id = '"
                + IdentityFixture.id(customer.owner()) + "'");
        assertThat(as(friend, () -> identityFixture.memberInvitations.accept(id)))
                .isFalse();
        assertThat(membershipsOf(friend)).hasSize(1);
    }

    @Test
    void concurrentAcceptanceAndWithdrawalHaveOneOutcome() throws Exception {
        var customer = in(() -> identityFixture.customer("host9@consent.example"));
        var guest = in(() -> identityFixture.customer("guest9@consent.example")).owner();
        var id = invite(customer, "guest9@consent.example", "viewer");
        Callable<Boolean> accepting = () -> as(guest, () -> identityFixture.memberInvitations.accept(id));
        assertThat(PasswordAuthenticationTest.atOnce(List.of(accepting, accepting)))
                .containsExactly(true, true);
        assertThat(auditActions(customer)).containsOnlyOnce("member.joined");

        as(
                customer.owner(),
                () -> identityFixture.members.remove(customer.organizationId(), IdentityFixture.id(guest)));
        var second = invite(customer, "guest9@consent.example", "viewer");
        Callable<Boolean> accepted = () -> as(guest, () -> identityFixture.memberInvitations.accept(second));
        Callable<Boolean> withdrawn = () -> {
            try {
                run(
                        customer.owner(),
                        () -> identityFixture.memberInvitations.withdraw(customer.organizationId(), second));
                return true;
            } catch (NotFoundException acceptedFirst) {
                return false;
            }
        };
        var both = PasswordAuthenticationTest.atOnce(List.of(accepted, withdrawn));
        assertThat(both).containsOnlyOnce(true);
        assertThat(membershipsOf(guest)).hasSize(both.get(0) ? 2 : 1);
    }

    private UUID invite(IdentityFixture.Customer customer, String email, String role) {
        return ((Pending) as(
                        customer.owner(),
                        () -> identityFixture.members.invite(customer.organizationId(), email, "Typed", role)))
                .invitationId();
    }

    private SecurityMailRequested.LinkCreated lastLink() {
        return identityFixture.events.stream()
                .filter(SecurityMailRequested.LinkCreated.class::isInstance)
                .map(SecurityMailRequested.LinkCreated.class::cast)
                .reduce((one, later) -> later)
                .orElseThrow();
    }

    private static String secret(SecurityMailRequested.LinkCreated link) {
        return link.url().split("#", 2)[1];
    }

    private List<Access.Membership> membershipsOf(Actor person) {
        return as(person, identityFixture.access::places);
    }

    private SignInOutcome signIn(String email) {
        return in(() -> identityFixture.passwordAuthentication.signIn(
                email, IdentityFixture.PASSWORD, "192.0.2.131", "Firefox"));
    }

    private static List<String> auditActions(IdentityFixture.Customer customer) {
        return Database.texts("select action from t_aurora.audit_record where subject_id = '"
                + customer.organizationId() + "' order by seq");
    }

    private static <T> T in(Supplier<T> work) {
        return Database.in(TENANT, work);
    }

    private static <T> T as(Actor actor, Supplier<T> work) {
        return in(() -> IdentityFixture.as(actor, work));
    }

    private static void run(Actor actor, Runnable work) {
        Database.run(TENANT, () -> IdentityFixture.run(actor, work));
    }
}
