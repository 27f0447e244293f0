package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tenantry.billing.wallet.Wallets;
import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.NotificationInbox;
import io.tenantry.people.notification.NotificationRetention;
import io.tenantry.people.notification.Notifications;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NotificationsTest {
    private static final String OTHER_BROWSER = "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0";

    private final IdentityFixture identityFixture = new IdentityFixture();
    private final NotificationInbox notificationInbox = new NotificationInbox(identityFixture.sql);

    @Test
    void notifiesMemberManagersOfANewMember() {
        var customer = in(() -> identityFixture.customer("notice1@example.org"));
        in(() -> identityFixture.member(customer, "notice1-tech@example.org", "member"));
        assertThat(notificationsOf(customer.owner()))
                .extracting(NotificationInbox.InboxEntry::kind, NotificationInbox.InboxEntry::subject)
                .containsExactly(tuple(Notification.Kind.MEMBER_ADDED, "Mia member"));
    }

    @Test
    void doesNotNotifyPersonsOfTheirOwnActions() {
        var customer = in(() -> identityFixture.customer("notice2@example.org"));
        Database.run(
                Database.AURORA,
                () -> IdentityFixture.run(
                        customer.owner(),
                        () -> identityFixture.members.invite(
                                customer.organizationId(), "notice2-b@example.org", "Ben", "member")));
        assertThat(notificationsOf(customer.owner())).isEmpty();
    }

    @Test
    void notifiesOfANewBrowserExceptTheFirst() {
        var owner = in(() -> identityFixture.customer("notice3@example.org")).owner();
        signIn("notice3@example.org", "Mozilla/5.0 (X11; Linux) Chrome/140.0");
        signIn("notice3@example.org", "Mozilla/5.0 (X11; Linux) Chrome/140.0");
        assertThat(notificationsOf(owner)).isEmpty();
        signIn("notice3@example.org", OTHER_BROWSER);
        signIn("notice3@example.org", OTHER_BROWSER);
        assertThat(notificationsOf(owner))
                .extracting(
                        NotificationInbox.InboxEntry::kind,
                        NotificationInbox.InboxEntry::subject,
                        NotificationInbox.InboxEntry::detail)
                .containsExactly(tuple(Notification.Kind.NEW_SIGN_IN, OTHER_BROWSER, "203.0.113.7"));
    }

    @Test
    void notifiesAPersonOncePerKey() {
        var owner = in(() -> identityFixture.customer("notice4@example.org")).owner();
        notify(owner, "same");
        notify(owner, "same");
        notify(owner, "other");
        assertThat(notificationsOf(owner)).hasSize(2);
    }

    @Test
    void marksNotificationsAsReadAndRevertsOnce() {
        var owner = in(() -> identityFixture.customer("notice5@example.org")).owner();
        notify(owner, "one");
        notify(owner, "two");
        Database.run(
                Database.AURORA,
                () -> IdentityFixture.run(
                        owner,
                        () -> notificationInbox.read(
                                notificationInbox.page(true, 0, 1).get(0).id())));
        assertThat(unread(owner)).isEqualTo(1);
        var at = as(owner, notificationInbox::readAll);
        assertThat(unread(owner)).isZero();
        assertThat(as(owner, () -> notificationInbox.unreadAgain(at))).isTrue();
        assertThat(as(owner, () -> notificationInbox.unreadAgain(at)))
                .as("already reverted")
                .isFalse();
        assertThat(unread(owner)).isEqualTo(1);
        assertThat(as(owner, () -> notificationInbox.count(false))).isEqualTo(2);
        assertThat(as(owner, () -> notificationInbox.count(true))).isEqualTo(1);
    }

    @Test
    void hidesNotificationsFromOtherPersonsAndTenants() {
        var owner = in(() -> identityFixture.customer("notice6@example.org")).owner();
        var stranger =
                in(() -> identityFixture.customer("notice6-other@example.org")).owner();
        notify(owner, "secret");
        var id = notificationsOf(owner).get(0).id();
        assertThat(notificationsOf(stranger)).isEmpty();
        Database.run(
                Database.AURORA,
                () -> IdentityFixture.run(stranger, () -> {
                    notificationInbox.read(id);
                    notificationInbox.readAll();
                }));
        assertThat(unread(owner)).isEqualTo(1);
        assertThat(Database.in(
                        Database.BOREALIS, () -> IdentityFixture.as(owner, () -> notificationInbox.page(false, 0, 10))))
                .isEmpty();
    }

    @Test
    void hidesNotificationsOnceThePermissionIsLost() {
        var customer = in(() -> identityFixture.customer("notice7@example.org"));
        var wallet = wallet(customer.organizationId());
        thresholdEvent(wallet, "LOW");
        assertThat(notificationsOf(customer.owner()))
                .as("the dunning policy covers low balances")
                .isEmpty();
        thresholdEvent(wallet, "EMPTY");
        assertThat(notificationsOf(customer.owner()))
                .extracting(NotificationInbox.InboxEntry::kind)
                .containsExactly(Notification.Kind.WALLET_EMPTY);
        Database.asOwner("delete from t_aurora.membership where organization_id = '" + customer.organizationId() + "'");
        assertThat(notificationsOf(customer.owner())).isEmpty();
        assertThat(unread(customer.owner())).isZero();
    }

    @Test
    void notifiesOfThresholdEventsInTheSameTransaction() {
        var staff = in(() -> identityFixture.staffMember("notice8-sam@example.org", "staff_owner"));
        var customer = in(() -> identityFixture.customer("notice8@example.org"));
        var wallet = wallet(customer.organizationId());
        Database.rolledBack(Database.AURORA, () -> insertThresholdEvent(wallet, "EMPTY"));
        assertThat(notificationsOf(customer.owner())).isEmpty();
        thresholdEvent(wallet, "OVER_LIMIT");
        assertThat(notificationsOf(customer.owner()))
                .extracting(
                        NotificationInbox.InboxEntry::kind,
                        NotificationInbox.InboxEntry::subject,
                        NotificationInbox.InboxEntry::path)
                .containsExactly(
                        tuple(Notification.Kind.WALLET_OVER_LIMIT, "Customer of notice8@example.org", "wallet"));
        assertThat(notificationsOf(staff))
                .filteredOn(it -> it.subject().equals("Customer of notice8@example.org"))
                .extracting(NotificationInbox.InboxEntry::kind, NotificationInbox.InboxEntry::path)
                .containsExactly(
                        tuple(Notification.Kind.CUSTOMER_OVER_LIMIT, "customer?id=" + customer.organizationId()));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LOW")
    void mapsEveryThresholdEventToANotificationKind(Wallets.BalanceStatus balanceStatus) {
        var customer = in(() ->
                identityFixture.customer("notice11-" + balanceStatus.name().toLowerCase(Locale.ROOT) + "@example.org"));
        thresholdEvent(
                wallet(customer.organizationId()),
                balanceStatus == Wallets.BalanceStatus.OK ? "RECOVERED" : balanceStatus.name());
        assertThat(notificationsOf(customer.owner()))
                .extracting(NotificationInbox.InboxEntry::kind)
                .containsExactly(
                        balanceStatus == Wallets.BalanceStatus.OK
                                ? Notification.Kind.WALLET_RECOVERED
                                : Notification.Kind.valueOf("WALLET_" + balanceStatus));
    }

    @Test
    void notifiesOperatorsOnThePlatform() {
        var operator = Database.in(
                Scope.PLATFORM, () -> identityFixture.staffMember("notice9-otto@example.org", "operator_owner"));
        Database.run(
                Scope.PLATFORM,
                () -> Notifications.notifyStaff(
                        identityFixture.sql,
                        Permission.PLATFORM_CHARGING_VIEW,
                        new Notification(
                                Notification.Kind.RUN_FAILED,
                                "aurora",
                                "disk full",
                                "runs?tenant=aurora&unfinished=true",
                                "run:9"),
                        identityFixture.clock.instant()));
        assertThat(Database.in(
                        Scope.PLATFORM, () -> IdentityFixture.as(operator, () -> notificationInbox.page(true, 0, 10))))
                .extracting(NotificationInbox.InboxEntry::subject)
                .containsExactly("aurora");
    }

    @Test
    void deletesReadNotificationsBeforeUnreadOnes() {
        var owner = in(() -> identityFixture.customer("notice10@example.org")).owner();
        notify(owner, "read-91");
        Database.run(Database.AURORA, () -> IdentityFixture.run(owner, notificationInbox::readAll));
        notify(owner, "unread-91");
        age(owner, 91);
        notify(owner, "unread-366");
        Database.asOwner(
                "update t_aurora.notification set created_at = now() - interval '366 days' where key = 'unread-366'");
        Database.run(Database.AURORA, new NotificationRetention(identityFixture.sql)::forget);
        assertThat(Database.texts(
                        "select key from t_aurora.notification where person_id = '" + IdentityFixture.id(owner) + "'"))
                .containsExactly("unread-91");
    }

    private static void age(Actor owner, int days) {
        Database.asOwner("update t_aurora.notification set created_at = now() - interval '" + days
                + " days' where person_id = '" + IdentityFixture.id(owner) + "'");
    }

    private UUID wallet(UUID organizationId) {
        var id = UUID.randomUUID();
        return in(() -> {
            identityFixture.sql.update(
                    "insert into ledger_account (id, kind, currency, opened_at) values (?, 'WALLET', 'EUR', now())",
                    id);
            identityFixture.sql.update(
                    "insert into wallet (id, organization_id, currency, opened_at) values (?, ?, 'EUR', now())",
                    id,
                    organizationId);
            return id;
        });
    }

    private void thresholdEvent(UUID wallet, String kind) {
        Database.run(Database.AURORA, () -> insertThresholdEvent(wallet, kind));
    }

    private void insertThresholdEvent(UUID wallet, String kind) {
        identityFixture.sql.update(
                "insert into wallet_event (wallet_id, kind, balance, hourly_cost, at) values (?, ?, 1, 1, now())",
                wallet,
                kind);
    }

    private void notify(Actor person, String key) {
        Database.run(
                Database.AURORA,
                () -> Notifications.notifyPerson(
                        identityFixture.sql,
                        IdentityFixture.id(person),
                        new Notification(Notification.Kind.PASSWORD_CHANGED, "", "", "me", key),
                        identityFixture.clock.instant()));
    }

    private void signIn(String email, String browser) {
        Database.run(
                Database.AURORA,
                () -> assertThat(identityFixture.passwordAuthentication.signIn(
                                email, IdentityFixture.PASSWORD, "203.0.113.7", browser))
                        .isInstanceOf(SignInOutcome.Authenticated.class));
    }

    private List<NotificationInbox.InboxEntry> notificationsOf(Actor person) {
        return as(person, () -> notificationInbox.page(false, 0, 100));
    }

    private int unread(Actor person) {
        return as(person, notificationInbox::unread);
    }

    private static <T> T as(Actor person, Supplier<T> work) {
        return Database.in(Database.AURORA, () -> IdentityFixture.as(person, work));
    }

    private static <T> T in(Supplier<T> work) {
        return Database.in(new TenantId("aurora"), work);
    }
}
