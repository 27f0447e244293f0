package io.tenantry.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tenantry.notice.Inbox;
import io.tenantry.notice.Note;
import io.tenantry.notice.Notices;
import io.tenantry.notice.Retention;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import io.tenantry.wallet.Wallets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoticesTest {
    private static final String ELSEWHERE = "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0";

    private final World world = new World();
    private final Inbox inbox = new Inbox(world.sql);

    @Test
    void othersWhoLookAfterMembersAreToldOfANewOne() {
        var customer = in(() -> world.customer("notice1@example.org"));
        in(() -> world.member(customer, "notice1-tech@example.org", "member"));
        assertThat(told(customer.owner()))
                .extracting(Inbox.Told::kind, Inbox.Told::subject)
                .containsExactly(tuple(Note.Kind.MEMBER_ADDED, "Mia member"));
    }

    @Test
    void nobodyIsToldOfWhatTheyDidThemselves() {
        var customer = in(() -> world.customer("notice2@example.org"));
        Database.run(
                Database.AURORA,
                () -> World.run(
                        customer.owner(),
                        () -> world.members.invite(
                                customer.organizationId(), "notice2-b@example.org", "Ben", "member")));
        assertThat(told(customer.owner())).isEmpty();
    }

    @Test
    void aBrowserThatIsNewIsToldButNotTheFirstOfAll() {
        var owner = in(() -> world.customer("notice3@example.org")).owner();
        signIn("notice3@example.org", "Mozilla/5.0 (X11; Linux) Chrome/140.0");
        signIn("notice3@example.org", "Mozilla/5.0 (X11; Linux) Chrome/140.0");
        assertThat(told(owner)).isEmpty();
        signIn("notice3@example.org", ELSEWHERE);
        signIn("notice3@example.org", ELSEWHERE);
        assertThat(told(owner))
                .extracting(Inbox.Told::kind, Inbox.Told::subject, Inbox.Told::detail)
                .containsExactly(tuple(Note.Kind.SIGNED_IN_ELSEWHERE, ELSEWHERE, "203.0.113.7"));
    }

    @Test
    void theSameKeyTellsAPersonOnce() {
        var owner = in(() -> world.customer("notice4@example.org")).owner();
        tell(owner, "same");
        tell(owner, "same");
        tell(owner, "other");
        assertThat(told(owner)).hasSize(2);
    }

    @Test
    void whatWasReadIsReadAndCanBeUnreadAgain() {
        var owner = in(() -> world.customer("notice5@example.org")).owner();
        tell(owner, "one");
        tell(owner, "two");
        Database.run(
                Database.AURORA,
                () -> World.run(
                        owner, () -> inbox.read(inbox.page(true, 0, 1).get(0).id())));
        assertThat(unread(owner)).isEqualTo(1);
        var at = as(owner, inbox::readAll);
        assertThat(unread(owner)).isZero();
        assertThat(as(owner, () -> inbox.unreadAgain(at))).isTrue();
        assertThat(as(owner, () -> inbox.unreadAgain(at)))
                .as("nothing is left of it")
                .isFalse();
        assertThat(unread(owner)).isEqualTo(1);
        assertThat(as(owner, () -> inbox.count(false))).isEqualTo(2);
        assertThat(as(owner, () -> inbox.count(true))).isEqualTo(1);
    }

    @Test
    void nobodyReadsOrChangesWhatAnotherWasTold() {
        var owner = in(() -> world.customer("notice6@example.org")).owner();
        var stranger = in(() -> world.customer("notice6-other@example.org")).owner();
        tell(owner, "secret");
        var id = told(owner).get(0).id();
        assertThat(told(stranger)).isEmpty();
        Database.run(
                Database.AURORA,
                () -> World.run(stranger, () -> {
                    inbox.read(id);
                    inbox.readAll();
                }));
        assertThat(unread(owner)).isEqualTo(1);
        assertThat(Database.in(Database.BOREALIS, () -> World.as(owner, () -> inbox.page(false, 0, 10))))
                .isEmpty();
    }

    @Test
    void whatOnlySomeMaySeeIsGoneWithTheRight() {
        var customer = in(() -> world.customer("notice7@example.org"));
        var wallet = wallet(customer.organizationId());
        crossing(wallet, "LOW");
        assertThat(told(customer.owner()))
                .as("the ladder tells of that, sooner or later")
                .isEmpty();
        crossing(wallet, "EMPTY");
        assertThat(told(customer.owner())).extracting(Inbox.Told::kind).containsExactly(Note.Kind.WALLET_EMPTY);
        Database.asOwner("delete from t_aurora.membership where organization_id = '" + customer.organizationId() + "'");
        assertThat(told(customer.owner())).isEmpty();
        assertThat(unread(customer.owner())).isZero();
    }

    @Test
    void aWalletThatCrossesAThresholdIsToldInTheSameTransaction() {
        var staff = in(() -> world.staffMember("notice8-sam@example.org", "staff_owner"));
        var customer = in(() -> world.customer("notice8@example.org"));
        var wallet = wallet(customer.organizationId());
        Database.undone(Database.AURORA, () -> insertCrossing(wallet, "EMPTY"));
        assertThat(told(customer.owner())).isEmpty();
        crossing(wallet, "OVER_LIMIT");
        assertThat(told(customer.owner()))
                .extracting(Inbox.Told::kind, Inbox.Told::subject, Inbox.Told::path)
                .containsExactly(tuple(Note.Kind.WALLET_OVER_LIMIT, "Customer of notice8@example.org", "wallet"));
        assertThat(told(staff))
                .filteredOn(it -> it.subject().equals("Customer of notice8@example.org"))
                .extracting(Inbox.Told::kind, Inbox.Told::path)
                .containsExactly(tuple(Note.Kind.CUSTOMER_OVER_LIMIT, "customer?id=" + customer.organizationId()));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LOW")
    void everyCrossingIsToldInWordsThatPagesKnow(Wallets.Alert alert) {
        var customer = in(() -> world.customer("notice11-" + alert.name().toLowerCase(Locale.ROOT) + "@example.org"));
        crossing(wallet(customer.organizationId()), alert == Wallets.Alert.FINE ? "RECOVERED" : alert.name());
        assertThat(told(customer.owner()))
                .extracting(Inbox.Told::kind)
                .containsExactly(
                        alert == Wallets.Alert.FINE
                                ? Note.Kind.WALLET_RECOVERED
                                : Note.Kind.valueOf("WALLET_" + alert));
    }

    @Test
    void operatorsAreToldOnThePlatform() {
        var operator =
                Database.in(Scope.PLATFORM, () -> world.staffMember("notice9-otto@example.org", "operator_owner"));
        Database.run(
                Scope.PLATFORM,
                () -> Notices.tellStaff(
                        world.sql,
                        Permission.PLATFORM_RUNS_VIEW,
                        new Note(
                                Note.Kind.RUN_FAILED,
                                "aurora",
                                "disk full",
                                "runs?tenant=aurora&unfinished=true",
                                "run:9"),
                        world.clock.instant()));
        assertThat(Database.in(Scope.PLATFORM, () -> World.as(operator, () -> inbox.page(true, 0, 10))))
                .extracting(Inbox.Told::subject)
                .containsExactly("aurora");
    }

    @Test
    void whatIsOldAndReadIsForgottenWhatIsUnreadALittleLater() {
        var owner = in(() -> world.customer("notice10@example.org")).owner();
        tell(owner, "read-91");
        Database.run(Database.AURORA, () -> World.run(owner, inbox::readAll));
        tell(owner, "unread-91");
        age(owner, 91);
        tell(owner, "unread-366");
        Database.asOwner(
                "update t_aurora.notification set created_at = now() - interval '366 days' where key = 'unread-366'");
        Database.run(Database.AURORA, new Retention(world.sql)::forget);
        assertThat(Database.texts("select key from t_aurora.notification where person_id = '" + World.id(owner) + "'"))
                .containsExactly("unread-91");
    }

    private static void age(Actor owner, int days) {
        Database.asOwner("update t_aurora.notification set created_at = now() - interval '" + days
                + " days' where person_id = '" + World.id(owner) + "'");
    }

    private UUID wallet(UUID organizationId) {
        var id = UUID.randomUUID();
        return in(() -> {
            world.sql.update(
                    "insert into ledger_account (id, kind, currency, opened_at) values (?, 'WALLET', 'EUR', now())",
                    id);
            world.sql.update(
                    "insert into wallet (id, organization_id, currency, opened_at) values (?, ?, 'EUR', now())",
                    id,
                    organizationId);
            return id;
        });
    }

    private void crossing(UUID wallet, String kind) {
        Database.run(Database.AURORA, () -> insertCrossing(wallet, kind));
    }

    private void insertCrossing(UUID wallet, String kind) {
        world.sql.update(
                "insert into wallet_event (wallet_id, kind, balance, burn_per_hour, at) values (?, ?, 1, 1, now())",
                wallet,
                kind);
    }

    private void tell(Actor person, String key) {
        Database.run(
                Database.AURORA,
                () -> Notices.tellPerson(
                        world.sql,
                        World.id(person),
                        new Note(Note.Kind.PASSWORD_CHANGED, "", "", "me", key),
                        world.clock.instant()));
    }

    private void signIn(String email, String browser) {
        Database.run(
                Database.AURORA,
                () -> assertThat(world.credentials.signIn(email, World.PASSWORD, "203.0.113.7", browser))
                        .isInstanceOf(SignInOutcome.Welcome.class));
    }

    private List<Inbox.Told> told(Actor person) {
        return as(person, () -> inbox.page(false, 0, 100));
    }

    private int unread(Actor person) {
        return as(person, inbox::unread);
    }

    private static <T> T as(Actor person, Supplier<T> work) {
        return Database.in(Database.AURORA, () -> World.as(person, work));
    }

    private static <T> T in(Supplier<T> work) {
        return Database.in(new TenantId("aurora"), work);
    }
}
