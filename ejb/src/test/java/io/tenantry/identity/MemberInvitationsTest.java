package io.tenantry.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.identity.InvitationOutcome.AlreadyInvited;
import io.tenantry.identity.InvitationOutcome.Pending;
import io.tenantry.identity.SignInOutcome.Welcome;
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

/** Nobody becomes a member without agreeing, and who invites learns nothing about who has an account. */
class MemberInvitationsTest {
    private static final TenantId TENANT = Database.AURORA;

    private final World world = new World();

    @Test
    void aKnownPersonAColleagueOfTheStaffAndAStrangerLookTheSame() {
        var customer = in(() -> world.customer("same1@consent.example"));
        in(() -> world.customer("known1@consent.example"));
        in(() -> world.staffMember("staff1@consent.example", "staff_support"));
        var organization = customer.organizationId();
        for (var email : List.of("known1@consent.example", "staff1@consent.example", "new1@consent.example")) {
            assertThat(as(customer.owner(), () -> world.members.invite(organization, email, "Typed", "viewer")))
                    .isInstanceOf(Pending.class);
            assertThat(as(customer.owner(), () -> world.members.invite(organization, email, "Typed", "viewer")))
                    .isEqualTo(new AlreadyInvited());
        }
        assertThat(as(customer.owner(), () -> world.memberInvitations.open(organization)))
                .hasSize(3)
                .allSatisfy(row -> {
                    assertThat(row.name()).isEqualTo("Typed");
                    assertThat(row.role()).isEqualTo("viewer");
                    assertThat(row.isExpired()).isFalse();
                });
        assertThat(as(customer.owner(), () -> world.members.of(organization))).hasSize(1);
    }

    @Test
    void aKnownPersonIsAMemberOnceTheyAccept() {
        var customer = in(() -> world.customer("host2@consent.example"));
        var guest = in(() -> world.customer("guest2@consent.example")).owner();
        var id = invite(customer, "guest2@consent.example", "viewer");
        assertThat(world.events)
                .contains(new PersonTold.OfInvitation(World.id(guest), "Customer of host2@consent.example"));
        assertThat(placesOf(guest)).hasSize(1);
        assertThat(as(guest, world.memberInvitations::mine))
                .singleElement()
                .satisfies(mine -> assertThat(mine.invitedBy()).contains("Olga Owner"));
        assertThat(as(guest, () -> world.memberInvitations.accept(id))).isTrue();
        assertThat(as(guest, () -> world.memberInvitations.accept(id))).isTrue();
        assertThat(placesOf(guest)).hasSize(2);
        assertThat(as(guest, world.memberInvitations::mine)).isEmpty();
        assertThat(audited(customer)).containsSubsequence("member.invited", "member.joined");
    }

    @Test
    void aNewPersonAcceptsByChoosingAPasswordAndOnlyThatInvitation() {
        var first = in(() -> world.customer("first3@consent.example"));
        var second = in(() -> world.customer("second3@consent.example"));
        invite(first, "fresh3@consent.example", "viewer");
        var firstLink = lastLink();
        invite(second, "fresh3@consent.example", "viewer");
        var fresh = lastLink().personId();
        assertThat(in(() -> world.links.use(secret(firstLink), world.passwords.hash(World.PASSWORD))))
                .isPresent();
        var person = new Actor(Actor.Kind.MEMBER, fresh, "Typed");
        assertThat(placesOf(person)).extracting(Access.Place::organizationId).containsExactly(first.organizationId());
        assertThat(as(person, world.memberInvitations::mine)).hasSize(1);
    }

    @Test
    void whoHasNoPlaceYetComesInToAcceptOrDecline() {
        var customer = in(() -> world.customer("host4@consent.example"));
        var gone = in(() -> world.member(customer, "gone4@consent.example", "viewer"));
        as(customer.owner(), () -> world.members.remove(customer.organizationId(), World.id(gone)));
        assertThat(signIn("gone4@consent.example")).isInstanceOf(SignInOutcome.Refused.class);
        var id = invite(customer, "gone4@consent.example", "viewer");
        assertThat(signIn("gone4@consent.example")).isInstanceOf(Welcome.class);
        assertThat(placesOf(gone)).isEmpty();
        run(gone, () -> world.memberInvitations.decline(id));
        assertThat(as(gone, () -> world.memberInvitations.accept(id))).isFalse();
        assertThat(signIn("gone4@consent.example")).isInstanceOf(SignInOutcome.Refused.class);
        assertThat(as(customer.owner(), () -> world.memberInvitations.open(customer.organizationId())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"withdrawn", "expired", "closed", "removed", "demoted", "locked"})
    void whatNoLongerHoldsMakesNobodyAMember(String how) {
        var customer = in(() -> world.customer("host5@" + how + ".example"));
        var inviter = in(() -> world.member(customer, "inviter5@" + how + ".example", "owner"));
        var guest = in(() -> world.customer("guest5@" + how + ".example")).owner();
        var organization = customer.organizationId();
        var id = ((Pending) as(
                        inviter,
                        () -> world.members.invite(organization, "guest5@" + how + ".example", "Gus", "viewer")))
                .invitationId();
        as(inviter, () -> world.members.invite(organization, "fresh5@" + how + ".example", "Fay", "viewer"));
        var link = lastLink();
        switch (how) {
            case "withdrawn" -> {
                run(customer.owner(), () -> world.memberInvitations.withdraw(organization, id));
                run(
                        customer.owner(),
                        () -> world.memberInvitations
                                .open(organization)
                                .forEach(one -> world.memberInvitations.withdraw(organization, one.id())));
            }
            case "expired" ->
                Database.asOwner("update t_aurora.membership_invitation set expires_at = now(),"
                        + " sent_at = now() - interval '3 days', invited_at = now() - interval '3 days'"
                        + " where organization_id = '" + organization + "'");
            case "closed" ->
                Database.asOwner("update t_aurora.organization set state = 'CLOSED' where id = '" + organization + "'");
            case "removed" -> as(customer.owner(), () -> world.members.remove(organization, World.id(inviter)));
            case "demoted" ->
                as(customer.owner(), () -> world.members.changeRole(organization, World.id(inviter), "admin"));
            default -> in(() -> World.asSystem(() -> world.locks.lock(World.id(inviter), "It was stolen")));
        }
        assertThat(as(guest, world.memberInvitations::mine)).isEmpty();
        assertThat(as(guest, () -> world.memberInvitations.accept(id))).isFalse();
        assertThat(placesOf(guest)).hasSize(1);
        assertThat(in(() -> world.links.open(secret(link)))).isEmpty();
        assertThat(in(() -> world.links.use(secret(link), world.passwords.hash(World.PASSWORD))))
                .isEmpty();
    }

    @Test
    void sentAgainAnExpiredInvitationHoldsInTheNameOfWhoSentIt() {
        var customer = in(() -> world.customer("host6@consent.example"));
        var inviter = in(() -> world.member(customer, "inviter6@consent.example", "owner"));
        var guest = in(() -> world.customer("guest6@consent.example")).owner();
        var organization = customer.organizationId();
        var id = ((Pending) as(
                        inviter, () -> world.members.invite(organization, "guest6@consent.example", "Gus", "viewer")))
                .invitationId();
        as(customer.owner(), () -> world.members.remove(organization, World.id(inviter)));
        assertThatThrownBy(() -> as(customer.owner(), () -> world.memberInvitations.sendAgain(organization, id)))
                .isInstanceOf(TooManyLinks.class);
        Database.asOwner("update t_aurora.membership_invitation set expires_at = now(),"
                + " sent_at = now() - interval '3 days', invited_at = now() - interval '3 days' where id = '" + id
                + "'");
        assertThat(as(customer.owner(), () -> world.memberInvitations.sendAgain(organization, id)))
                .get()
                .satisfies(sent -> {
                    assertThat(sent.mailedTo()).contains("guest6@consent.example");
                    assertThat(sent.shown()).isEmpty();
                });
        assertThat(as(guest, () -> world.memberInvitations.accept(id))).isTrue();
    }

    @Test
    void onlyItsPersonAnswersAnInvitationAndOnlyThoseWhoManageMembersSeeIt() {
        var customer = in(() -> world.customer("host7@consent.example"));
        var viewer = in(() -> world.member(customer, "viewer7@consent.example", "viewer"));
        var guest = in(() -> world.customer("guest7@consent.example"));
        var id = invite(customer, "guest7@consent.example", "viewer");
        assertThatThrownBy(() -> as(viewer, () -> world.memberInvitations.accept(id)))
                .isInstanceOf(NotVisible.class);
        assertThatThrownBy(() -> run(viewer, () -> world.memberInvitations.decline(id)))
                .isInstanceOf(NotVisible.class);
        assertThatThrownBy(() -> as(viewer, () -> world.memberInvitations.open(customer.organizationId())))
                .isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> run(guest.owner(), () -> world.memberInvitations.withdraw(guest.organizationId(), id)))
                .isInstanceOf(NotVisible.class);
        KeyInUse.enter(new KeyInUse(UUID.randomUUID(), guest.organizationId(), Set.of(Permission.VPS_VIEW)));
        try {
            assertThatThrownBy(() -> as(guest.owner(), () -> world.memberInvitations.accept(id)))
                    .isInstanceOf(AccessDenied.class);
        } finally {
            KeyInUse.clear();
        }
    }

    @Test
    void anOwnerWhomStaffInvitedDoesNotComeInBesideOneWhoIsBack() {
        var support = in(() -> world.staffMember("support8@consent.example", "staff_support"));
        var customer = in(() -> world.customer("back8@consent.example"));
        var friend = in(() -> world.customer("friend8@consent.example")).owner();
        var organization = customer.organizationId();
        Database.asOwner(
                "update t_aurora.person set state = 'DISABLED' where id = '" + World.id(customer.owner()) + "'");
        var id = ((Pending) as(
                        support, () -> world.members.invite(organization, "friend8@consent.example", "Fred", "owner")))
                .invitationId();
        Database.asOwner("update t_aurora.person set state = 'ACTIVE' where id = '" + World.id(customer.owner()) + "'");
        assertThat(as(friend, () -> world.memberInvitations.accept(id))).isFalse();
        assertThat(placesOf(friend)).hasSize(1);
    }

    @Test
    void acceptedTwiceAtOnceItIsOneMembershipAndWithdrawnAtOnceItIsOneOfBoth() throws Exception {
        var customer = in(() -> world.customer("host9@consent.example"));
        var guest = in(() -> world.customer("guest9@consent.example")).owner();
        var id = invite(customer, "guest9@consent.example", "viewer");
        Callable<Boolean> accepting = () -> as(guest, () -> world.memberInvitations.accept(id));
        assertThat(CredentialsTest.atOnce(List.of(accepting, accepting))).containsExactly(true, true);
        assertThat(audited(customer)).containsOnlyOnce("member.joined");

        as(customer.owner(), () -> world.members.remove(customer.organizationId(), World.id(guest)));
        var second = invite(customer, "guest9@consent.example", "viewer");
        Callable<Boolean> accepted = () -> as(guest, () -> world.memberInvitations.accept(second));
        Callable<Boolean> withdrawn = () -> {
            try {
                run(customer.owner(), () -> world.memberInvitations.withdraw(customer.organizationId(), second));
                return true;
            } catch (NotVisible acceptedFirst) {
                return false;
            }
        };
        var both = CredentialsTest.atOnce(List.of(accepted, withdrawn));
        assertThat(both).containsOnlyOnce(true);
        assertThat(placesOf(guest)).hasSize(both.get(0) ? 2 : 1);
    }

    private UUID invite(World.Customer customer, String email, String role) {
        return ((Pending) as(
                        customer.owner(), () -> world.members.invite(customer.organizationId(), email, "Typed", role)))
                .invitationId();
    }

    private PersonTold.OfLink lastLink() {
        return world.events.stream()
                .filter(PersonTold.OfLink.class::isInstance)
                .map(PersonTold.OfLink.class::cast)
                .reduce((one, later) -> later)
                .orElseThrow();
    }

    private static String secret(PersonTold.OfLink link) {
        return link.url().split("#", 2)[1];
    }

    private List<Access.Place> placesOf(Actor person) {
        return as(person, world.access::places);
    }

    private SignInOutcome signIn(String email) {
        return in(() -> world.credentials.signIn(email, World.PASSWORD, "192.0.2.131", "Firefox"));
    }

    private static List<String> audited(World.Customer customer) {
        return Database.texts("select action from t_aurora.audit_record where subject_id = '"
                + customer.organizationId() + "' order by seq");
    }

    private static <T> T in(Supplier<T> work) {
        return Database.in(TENANT, work);
    }

    private static <T> T as(Actor actor, Supplier<T> work) {
        return in(() -> World.as(actor, work));
    }

    private static void run(Actor actor, Runnable work) {
        Database.run(TENANT, () -> World.run(actor, work));
    }
}
