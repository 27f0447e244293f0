package io.tenantry.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.identity.Access;
import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import io.tenantry.provider.Server;
import io.tenantry.provisioning.OrderPolicies.Policy;
import io.tenantry.provisioning.OrderPolicies.Room;
import io.tenantry.provisioning.Services.Outcome;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many servers a customer may order, and for how many hours each is paid at first. */
class QuotaTest {
    private static final int AT_ONCE = 6;

    private static Counter counter;
    private static Making making;
    private static OrderPolicies policies;
    private UUID customer;

    @BeforeAll
    static void open() {
        counter = new Counter("quota");
        making = counter.making;
        policies = new OrderPolicies(making.books.sql, making.books.clock, new Access(making.books.sql), making.audit);
    }

    @BeforeEach
    void comeIn() {
        making.desk.clear();
        want(2, Optional.empty());
        Database.asOwner("truncate t_quota.audit_record");
        customer = counter.customer();
    }

    @Test
    void whoHasNoLimitOrdersWithoutOne() {
        assertThat(room()).isEqualTo(new Room(2, Optional.empty(), Optional.empty(), 0, 0));
        ordered(3);
        assertThat(room()).isEqualTo(new Room(2, Optional.empty(), Optional.empty(), 3, 3));
        assertThat(room().isFull()).isFalse();
    }

    @Test
    void whoeverOrdersAtOnceOneTakesTheLastPlace() throws Exception {
        ordered(1);
        limit(2);
        var threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            Callable<Outcome> one = this::order;
            var outcomes = new ArrayList<Outcome>();
            for (var answer : threads.invokeAll(Collections.nCopies(AT_ONCE, one))) {
                outcomes.add(answer.get());
            }
            assertThat(outcomes).filteredOn(Outcome.Done.class::isInstance).hasSize(1);
            assertThat(outcomes).filteredOn(new Outcome.LimitReached(2)::equals).hasSize(AT_ONCE - 1);
        } finally {
            threads.shutdown();
        }
        assertThat(room().running()).isEqualTo(2);
        assertThat(counter.rows(customer, "wallet_hold", "service_id")).isEqualTo(2);
    }

    @Test
    void aLoweredLimitStopsNobodyWhoRuns() {
        var services = ordered(3);
        making.settle();
        limit(1);
        making.work(2);

        assertThat(services)
                .allSatisfy(service -> assertThat(making.state(service)).isEqualTo("ACTIVE"));
        assertThat(room().isFull()).isTrue();
        assertThat(order()).isEqualTo(new Outcome.LimitReached(1));
        limit(4);
        assertThat(order()).isInstanceOf(Outcome.Done.class);
        assertThat(order()).isEqualTo(new Outcome.LimitReached(4));
    }

    @Test
    void nothingNewIsSoldWhileTheResellerOwesAsMuchAsItMay() {
        var running = ordered(1).get(0);
        making.settle();
        var account = " from platform.reseller_account where tenant = 'quota'";
        Database.asOwner(
                "insert into platform.reseller_account (id, tenant, tenant_role, currency, credit_limit, opened_at)"
                        + " values (gen_random_uuid(), 'quota', 'tn_quota', 'EUR', 0, now())");
        try {
            assertThat(order()).isEqualTo(new Outcome.NotSelling());
            assertThat(making.state(running)).isEqualTo("ACTIVE");
            Database.asOwner("update platform.reseller_account set credit_limit = 0.01 where tenant = 'quota'");
            assertThat(order()).isInstanceOf(Outcome.Done.class);
        } finally {
            Database.asOwner(
                    "update platform.reseller_account set closed_at = now(), tenant_role = null where tenant = 'quota'");
        }
        assertThat(Database.texts("select count(*)" + account + " and closed_at is null"))
                .containsExactly("0");
    }

    @Test
    void whatFailedOrIsGoneMakesRoomAndWhatIsBeingDeletedDoesNotYet() {
        limit(1);
        var first = ordered(1).get(0);
        making.settle();
        making.end(first);
        assertThat(making.state(first)).isEqualTo("TERMINATING");
        assertThat(order()).isEqualTo(new Outcome.LimitReached(1));
        making.work();
        making.vendor.vanish();
        for (var look = 0; look < 4; look++) {
            making.pass(Duration.ofMinutes(10));
            making.work();
        }
        assertThat(making.state(first)).isEqualTo("TERMINATED");

        var second = ordered(1).get(0);
        assertThat(order()).isEqualTo(new Outcome.LimitReached(1));
        Database.asOwner(
                "update t_quota.service set state = 'FAILED', ended_at = ordered_at where id = '" + second + "'");
        assertThat(order()).isInstanceOf(Outcome.Done.class);
        assertThat(room()).isEqualTo(new Room(2, Optional.of(1), Optional.empty(), 1, 3));
    }

    @Test
    void theOwnLimitGoesBeforeTheGeneralAndNoneMeansTheGeneral() {
        want(2, Optional.of(1));
        ordered(1);
        assertThat(order()).isEqualTo(new Outcome.LimitReached(1));
        limit(2);
        ordered(1);
        assertThat(order()).isEqualTo(new Outcome.LimitReached(2));
        assertThat(set(Optional.empty())).isEqualTo(OrderPolicies.Outcome.DONE);
        assertThat(order()).isEqualTo(new Outcome.LimitReached(1));

        var other = customer;
        customer = counter.customer();
        limit(0);
        assertThat(order()).isEqualTo(new Outcome.LimitReached(0));
        customer = other;
        want(2, Optional.empty());
        assertThat(order()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void asManyHoursAreHeldAsTheResellerWants() {
        want(1, Optional.empty());
        var hour = ordered(1).get(0);
        want(24, Optional.empty());
        var day = ordered(1).get(0);

        assertThat(held(hour)).isEqualTo("0.01000000 HELD");
        assertThat(held(day)).isEqualTo("0.24000000 HELD");
        making.settle();
        assertThat(held(hour)).isEqualTo("0.01000000 TAKEN");
        assertThat(held(day)).isEqualTo("0.24000000 TAKEN");
        assertThat(making.vendor.of(day)).extracting(Server::state).containsExactly(Server.State.RUNNING);
        want(720, Optional.empty());
        ordered(1);
        assertThat(order()).isEqualTo(new Outcome.TooLittle(making.books.money("4.42")));
    }

    @Test
    void whatMakesNoSenseIsRefusedAndChangesNothing() {
        assertThat(change(0, Optional.empty())).isEqualTo(OrderPolicies.Outcome.BAD_HOURS);
        assertThat(change(721, Optional.empty())).isEqualTo(OrderPolicies.Outcome.BAD_HOURS);
        assertThat(change(2, Optional.of(-1))).isEqualTo(OrderPolicies.Outcome.BAD_QUOTA);
        assertThat(change(2, Optional.of(100_001))).isEqualTo(OrderPolicies.Outcome.BAD_QUOTA);
        assertThat(set(Optional.of(-1))).isEqualTo(OrderPolicies.Outcome.BAD_QUOTA);
        assertThat(set(Optional.of(100_001))).isEqualTo(OrderPolicies.Outcome.BAD_QUOTA);
        assertThatThrownBy(() -> making.books.in(() -> policies.limit(UUID.randomUUID(), Optional.of(1))))
                .isInstanceOf(NotVisible.class);
        assertThat(making.books.in(policies::policy)).isEqualTo(new Policy(2, Optional.empty()));
        assertThat(records()).isEmpty();
    }

    @Test
    void whatWasChangedIsOnRecord() {
        want(720, Optional.of(100_000));
        want(1, Optional.empty());
        limit(7);
        assertThat(set(Optional.empty())).isEqualTo(OrderPolicies.Outcome.DONE);
        assertThat(records())
                .containsExactly(
                        "order.policy quota 720 100000",
                        "order.policy quota 1 any",
                        "organization.quota " + customer + " - 7",
                        "organization.quota " + customer + " - general");
        assertThat(Database.texts("select changed_by from t_quota.order_policy"))
                .containsExactly(Actor.system("test").name());
    }

    @Test
    void customersSeeHowTheyStandAndChangeNothing() {
        var owner = owner();
        var other = counter.customer();
        limit(3);
        assertThat(as(owner, () -> policies.room(customer)).limit()).contains(3);
        assertThatThrownBy(() -> as(owner, () -> policies.room(other))).isInstanceOf(NotVisible.class);
        assertThatThrownBy(() -> as(owner, () -> policies.limit(customer, Optional.of(9))))
                .isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> as(owner, () -> policies.quota(customer))).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> as(owner, policies::policy)).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> as(owner, () -> policies.change(new Policy(1, Optional.empty()))))
                .isInstanceOf(AccessDenied.class);
    }

    private Outcome order() {
        return counter.order(customer, Beginning.USUAL);
    }

    private List<UUID> ordered(int times) {
        return IntStream.range(0, times)
                .mapToObj(time -> counter.ordered(customer, Beginning.USUAL))
                .toList();
    }

    private Room room() {
        return making.books.in(() -> policies.room(customer));
    }

    private void limit(int servers) {
        assertThat(set(Optional.of(servers))).isEqualTo(OrderPolicies.Outcome.DONE);
    }

    private OrderPolicies.Outcome set(Optional<Integer> servers) {
        return making.books.in(() -> policies.limit(customer, servers));
    }

    private static void want(int hours, Optional<Integer> servers) {
        assertThat(change(hours, servers)).isEqualTo(OrderPolicies.Outcome.DONE);
    }

    private static OrderPolicies.Outcome change(int hours, Optional<Integer> servers) {
        return making.books.in(() -> policies.change(new Policy(hours, servers)));
    }

    private static String held(UUID service) {
        return Database.texts(
                        "select amount || ' ' || state from t_quota.wallet_hold where service_id = '" + service + "'")
                .get(0);
    }

    private static List<String> records() {
        return Database.texts("select action || ' ' || subject_id || ' ' || coalesce(facts ->> 'hours', '-') || ' '"
                + " || (facts ->> 'servers') from t_quota.audit_record order by seq");
    }

    private Actor owner() {
        var id = UUID.randomUUID();
        Database.asOwner("insert into t_quota.person (id, email, name, created_at) values ('" + id + "', '" + id
                + "@kiosk.example', 'Olga', now())");
        Database.asOwner("insert into t_quota.membership (organization_id, person_id, role, joined_at) values ('"
                + customer + "', '" + id + "', 'owner', now())");
        return new Actor(Actor.Kind.MEMBER, id, "Olga");
    }

    private static <T> T as(Actor person, Supplier<T> work) {
        try (var acting = Actors.enter(person)) {
            return Database.in(making.books.tenant, work);
        }
    }
}
